//! What a key of the configuration is, and the macro in which a table of keys is written down once: everything that reads,
//! fills in, shows or describes a key is made of its entry there.

use serde_json::{Value, json};

use super::context::Context;
use super::reader::Table;

/// One key, as messages, the template, the schema and the manual need it.
pub(super) struct Key {
    pub(super) name: &'static str,
    /// Its sentences, in the lines in which they are written. Each begins with a space.
    pub(super) about: &'static [&'static str],
    pub(super) kind: &'static dyn Describe,
    /// Its default as TOML. Without it, the key is not set unless it is written.
    pub(super) default: Option<fn() -> Shown>,
    /// A value for the template, where the default would show nothing.
    pub(super) example: Option<&'static str>,
    pub(super) note: Note,
}

/// What else there is to know of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Note {
    Nothing,
    /// Its table is wrong without it.
    Required,
    /// A changed value is taken when the daemon is started again, not by a reload.
    Restart,
    /// It is read and checked, but does nothing yet.
    Unbuilt,
}

/// A value as the right side of a line of TOML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Shown {
    Value(String),
    /// Read back it would not be the same value, so it stands in a comment.
    Comment(String),
}

impl Shown {
    pub(super) fn text(text: &str) -> Shown {
        Shown::Value(quoted(text))
    }

    pub(super) fn list(texts: impl IntoIterator<Item = impl AsRef<str>>) -> Shown {
        let texts: Vec<String> = texts.into_iter().map(|text| quoted(text.as_ref())).collect();
        Shown::Value(format!("[{}]", texts.join(", ")))
    }
}

/// The schema of any string.
pub(super) fn string() -> Value {
    json!({ "type": "string" })
}

/// A TOML string.
pub(super) fn quoted(text: &str) -> String {
    toml_edit::Value::from(text).to_string()
}

/// A kind of value, in words and as a JSON Schema.
pub(super) trait Describe {
    /// What may be written: `a span from 1s to 365d`.
    fn allowed(&self) -> String;
    fn schema(&self) -> Value;
}

/// A kind of value: how it is read, what the program makes of it, and how it is shown.
pub(super) trait Kind: Describe {
    /// As it is written, with its places where it is checked against other keys.
    type Raw;
    /// As the program uses it.
    type Value;

    /// The value under `key`. A mistake is noted, and reads as if the key were not there.
    fn read(&self, cx: &mut Context<'_>, table: &Table<'_>, key: &str) -> Option<Self::Raw>;
    fn value(raw: Self::Raw) -> Self::Value;
    fn show(&self, value: &Self::Value) -> Shown;
}

/// Keys that are read together, as they are written: of a whole table or of a part of it. The macro [`keys`] implements it.
pub(super) trait Keys: Default + PartialEq {
    /// The same with every default filled in.
    type Options;
    const KEYS: &'static [Key];

    fn values(cx: &mut Context<'_>, table: &Table<'_>) -> Self;
    fn filled(self) -> Self::Options;
    /// These, and those `below` where these say nothing.
    fn over(&self, below: &Self) -> Self;
    /// For each of `KEYS`, whether it is written.
    fn is_written(&self) -> Vec<bool>;
    /// For each of `KEYS`, its value if it has one.
    fn shown(options: &Self::Options) -> Vec<Option<Shown>>;

    /// Reads the keys; a required one that is not there is a mistake.
    fn read(cx: &mut Context<'_>, table: &Table<'_>) -> Self {
        let is_missing = |key: &&Key| key.note == Note::Required && table.get(key.name).is_none();
        for key in Self::KEYS.iter().filter(is_missing) {
            let help = key.example.map(|example| format!("{} = {example}", key.name));
            cx.error_with_help(&table.place, format!("this {} has no `{}`", table.what, key.name), help);
        }
        Self::values(cx, table)
    }

    /// What holds where nothing is written.
    fn defaults() -> Self::Options {
        Self::default().filled()
    }

    /// Names of keys that are written, but do nothing yet.
    fn without_effect(&self) -> Vec<&'static str> {
        let is_unbuilt = |key: &Key| key.note == Note::Unbuilt;
        // Most tables have no such key, and a hundred thousand sources are asked.
        if !Self::KEYS.iter().any(is_unbuilt) {
            return Vec::new();
        }
        let written = Self::KEYS.iter().zip(self.is_written());
        written.filter(|(key, is_written)| *is_written && is_unbuilt(key)).map(|(key, _)| key.name).collect()
    }
}

/// Defines a kind of value that has no bounds of its own: `Kind: Value, words, schema, read, show`, with what may be written in
/// words, its JSON Schema, and the functions that read and show a value. `Kind: Raw as Value = function, …` is a kind of which
/// more is read than the program uses.
macro_rules! kind {
    ($(#[$about:meta])* $name:ident: $value:ty, $allowed:expr, $schema:expr, $read:expr, $show:expr) => {
        kind!($(#[$about])* $name: $value as $value = std::convert::identity, $allowed, $schema, $read, $show);
    };
    (
        $(#[$about:meta])*
        $name:ident: $raw:ty as $value:ty = $used:expr, $allowed:expr, $schema:expr, $read:expr, $show:expr
    ) => {
        $(#[$about])*
        pub(super) struct $name;

        impl Describe for $name {
            fn allowed(&self) -> String {
                ToString::to_string(&$allowed)
            }

            fn schema(&self) -> Value {
                $schema
            }
        }

        impl Kind for $name {
            type Raw = $raw;
            type Value = $value;

            fn read(&self, cx: &mut Context<'_>, table: &Table<'_>, key: &str) -> Option<$raw> {
                $read(cx, table, key)
            }

            fn value(raw: $raw) -> $value {
                $used(raw)
            }

            fn show(&self, value: &$value) -> Shown {
                $show(value)
            }
        }
    };
}
pub(super) use kind;

/// Writes down keys that are read together:
///
/// ```text
/// keys! {
///     /// What the keys are for.
///     RawName => OptionsName;
///
///     /// The sentences of the key: they stand in the template, the schema and the manual.
///     key: Type = default, Kind(bounds), note;
///     /// A key without a default is an `Option`; one with an `example` has that in the template.
///     field as "key": Option<Type>, Kind => "example";
/// }
/// ```
///
/// makes the struct `RawName` of what is written (each field an `Option` of the kind's `Raw`), the struct `OptionsName` of what
/// holds (each field of the `Type`), and the implementation of [`Keys`] that reads the one and makes the other of it.
macro_rules! keys {
    (@name $key:ident) => { stringify!($key) };
    (@name $key:ident $name:literal) => { $name };

    (@note) => { Note::Nothing };
    (@note required) => { Note::Required };
    (@note restart) => { Note::Restart };
    (@note unbuilt) => { Note::Unbuilt };

    (@example) => { None };
    (@example $example:literal) => { Some($example) };

    (@default $kind:expr,) => { None };
    (@default $kind:expr, $default:expr) => { Some(|| Kind::show(&$kind, &$default)) };

    (@filled $raw:expr, $kind:ty,) => { $raw.map(<$kind as Kind>::value) };
    (@filled $raw:expr, $kind:ty, $default:expr) => { $raw.map_or($default, <$kind as Kind>::value) };

    (@shown $value:expr, $kind:expr,) => { $value.as_ref().map(|value| Kind::show(&$kind, value)) };
    (@shown $value:expr, $kind:expr, $default:expr) => { Some(Kind::show(&$kind, &$value)) };

    (
        $(#[$about:meta])*
        $raw:ident => $options:ident;
        $(
            $(#[doc = $doc:literal])*
            $key:ident $(as $name:literal)? : $value:ty $(= $default:expr)?,
            $kind:ident $(<$of:ty>)? $(($($argument:expr),*))? $(=> $example:literal)? $(, $note:ident)?;
        )*
    ) => {
        #[derive(Debug, Clone, Default, PartialEq)]
        pub(super) struct $raw {
            $(pub(super) $key: Option<<$kind $(<$of>)? as Kind>::Raw>,)*
        }

        $(#[$about])*
        #[derive(Debug, Clone, PartialEq)]
        pub struct $options {
            $($(#[doc = $doc])* pub $key: $value,)*
        }

        impl Keys for $raw {
            type Options = $options;

            const KEYS: &'static [Key] = &[
                $(Key {
                    name: keys!(@name $key $($name)?),
                    about: &[$($doc),*],
                    kind: &$kind $(($($argument),*))?,
                    default: keys!(@default $kind $(($($argument),*))?, $($default)?),
                    example: keys!(@example $($example)?),
                    note: keys!(@note $($note)?),
                },)*
            ];

            fn values(cx: &mut Context<'_>, table: &Table<'_>) -> $raw {
                $raw {
                    $($key: Kind::read(&$kind $(($($argument),*))?, cx, table, keys!(@name $key $($name)?)),)*
                }
            }

            fn filled(self) -> $options {
                $options {
                    $($key: keys!(@filled self.$key, $kind $(<$of>)?, $($default)?),)*
                }
            }

            fn over(&self, below: &$raw) -> $raw {
                $raw {
                    $($key: self.$key.clone().or_else(|| below.$key.clone()),)*
                }
            }

            fn is_written(&self) -> Vec<bool> {
                vec![$(self.$key.is_some()),*]
            }

            fn shown(options: &$options) -> Vec<Option<Shown>> {
                vec![
                    $(keys!(@shown options.$key, $kind $(($($argument),*))?, $($default)?),)*
                ]
            }
        }
    };
}
pub(super) use keys;
