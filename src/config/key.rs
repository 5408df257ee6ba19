//! The type of a key of the configuration, and the macro that defines a table of keys. All that reads, fills in, shows or
//! describes a key is made from its entry in the table.

use serde_json::{Value, json};

use super::context::Context;
use super::reader::Table;

/// A key, with what messages, the template, the schema and the manual need of it.
pub(super) struct Key {
    pub(super) name: &'static str,
    /// Its sentences, in the same lines as in the table of keys. Each line begins with a space.
    pub(super) about: &'static [&'static str],
    pub(super) kind: &'static dyn Describe,
    /// Its default as TOML. A key without a default is not set unless it is written.
    pub(super) default: Option<fn() -> Shown>,
    /// A value for the template, if the default would not show what to write.
    pub(super) example: Option<&'static str>,
    pub(super) note: Note,
}

/// A remark on a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Note {
    Nothing,
    /// The table must contain the key.
    Required,
    /// A changed value takes effect when the daemon is restarted, not at a reload.
    Restart,
}

/// A value as the right side of a line of TOML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Shown {
    Value(String),
    /// The text is written as a comment, because reading it back would not give the same value.
    Comment(String),
}

impl Shown {
    pub(super) fn text(text: &str) -> Shown {
        Shown::Value(quoted(text))
    }

    pub(super) fn into_text(self) -> String {
        let (Shown::Value(text) | Shown::Comment(text)) = self;
        text
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
    /// The allowed values in words, for the reference page: `a span from 1s to 365d`.
    #[cfg(test)]
    fn allowed(&self) -> String;
    fn schema(&self) -> Value;
}

/// A kind of value: how it is read, what the program makes of it, and how it is shown.
pub(super) trait Kind: Describe {
    /// The value as written, with its place if it is checked against other keys.
    type Raw;
    /// The value as the program uses it.
    type Value;

    /// Reads the value of `key`. A mistake is reported, and then the key counts as not written.
    fn read(&self, cx: &mut Context<'_>, table: &Table<'_>, key: &str) -> Option<Self::Raw>;
    fn value(raw: Self::Raw) -> Self::Value;
    fn show(&self, value: &Self::Value) -> Shown;
}

/// Keys that are read together, of a whole table or of a part of it, with their values as written. The macro [`keys`]
/// implements this trait.
pub(super) trait Keys: Default + PartialEq {
    /// The same keys with all defaults filled in.
    type Options;
    const KEYS: &'static [Key];

    fn values(cx: &mut Context<'_>, table: &Table<'_>) -> Self;
    fn filled(self) -> Self::Options;
    /// The values of these keys, and those of `below` for keys that are not written here.
    fn over(&self, below: &Self) -> Self;
    /// For each of `KEYS`, its value if it is set.
    fn shown(options: &Self::Options) -> Vec<Option<Shown>>;
    /// The keys whose values are shown otherwise in `options` than in `usual`, with their values in `options` if they are set.
    fn changed(options: &Self::Options, usual: &Self::Options) -> Vec<(&'static Key, Option<Shown>)>;

    /// Reads the keys; a missing required key is a mistake.
    fn read(cx: &mut Context<'_>, table: &Table<'_>) -> Self {
        let is_missing = |key: &&Key| key.note == Note::Required && table.get(key.name).is_none();
        for key in Self::KEYS.iter().filter(is_missing) {
            let help = key.example.map(|example| format!("{} = {example}", key.name));
            cx.report(&table.place, format!("this {} has no `{}`", table.what, key.name), help);
        }
        Self::values(cx, table)
    }

    /// The options if no key is written.
    fn defaults() -> Self::Options {
        Self::default().filled()
    }
}

/// Defines a kind of value without bounds: `Kind: Value, words, schema, read, show`, with the allowed values in words, the JSON
/// Schema, and the functions that read and show a value. In `Kind: Raw as Value = function, …`, the function turns the value
/// as read into the value that the program uses.
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
            #[cfg(test)]
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
                let read: fn(&mut Context<'_>, &Table<'_>, &str) -> Option<$raw> = $read;
                read(cx, table, key)
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

/// Defines keys that are read together:
///
/// ```text
/// keys! {
///     /// What the keys are for.
///     RawName => OptionsName;
///
///     /// The sentences of the key, which the template, the schema and the manual contain.
///     key: Type = default, Kind(bounds), note;
///     /// A key without a default is an `Option`; the template shows its example.
///     field as "key": Option<Type>, Kind => "example";
/// }
/// ```
///
/// Behind `OptionsName`, `{ field: Type = value, }` adds fields that are not keys, which `resolve` sets if necessary.
///
/// This defines the struct `RawName` of the values as written (each field an `Option` of the kind's `Raw`), the struct
/// `OptionsName` of the resolved values (each field of the `Type`), and the implementation of [`Keys`] that reads the first and
/// turns it into the second.
macro_rules! keys {
    (@name $key:ident) => { stringify!($key) };
    (@name $key:ident $name:literal) => { $name };

    (@note) => { Note::Nothing };
    (@note required) => { Note::Required };
    (@note restart) => { Note::Restart };

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
        $raw:ident => $options:ident $({ $($(#[$more_about:meta])* $more:ident: $more_type:ty = $more_value:expr,)* })?;
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
            $($($(#[$more_about])* pub $more: $more_type,)*)?
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
                    $($($more: $more_value,)*)?
                }
            }

            fn over(&self, below: &$raw) -> $raw {
                $raw {
                    $($key: self.$key.clone().or_else(|| below.$key.clone()),)*
                }
            }

            fn changed(options: &$options, usual: &$options) -> Vec<(&'static Key, Option<Shown>)> {
                let mut keys = Self::KEYS.iter();
                let mut changed = Vec::new();
                $(
                    let key = keys.next();
                    // Values are compared first, because showing them costs more.
                    if options.$key != usual.$key {
                        let shown = keys!(@shown options.$key, $kind $(($($argument),*))?, $($default)?);
                        let of_usual = keys!(@shown usual.$key, $kind $(($($argument),*))?, $($default)?);
                        if shown != of_usual {
                            changed.extend(key.map(|key| (key, shown)));
                        }
                    }
                )*
                changed
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
