//! Lists of numbers as bytes, little-endian, each list after its length.

/// Appends numbers.
pub(super) struct Writer(Vec<u8>);

impl Writer {
    pub(super) fn new(capacity: usize) -> Writer {
        Writer(Vec::with_capacity(capacity))
    }

    pub(super) fn byte(&mut self, byte: u8) {
        self.0.push(byte);
    }

    pub(super) fn long(&mut self, number: u64) {
        self.0.extend_from_slice(&number.to_le_bytes());
    }

    pub(super) fn flags(&mut self, flags: [bool; 3]) {
        self.byte(flags.iter().enumerate().map(|(bit, flag)| u8::from(*flag) << bit).sum());
    }

    fn length(&mut self, length: usize) {
        self.0.extend_from_slice(&u32::try_from(length).unwrap_or(u32::MAX).to_le_bytes());
    }

    pub(super) fn words(&mut self, list: &[u32]) {
        self.length(list.len());
        self.0.reserve(size_of_val(list));
        list.iter().for_each(|word| self.0.extend_from_slice(&word.to_le_bytes()));
    }

    pub(super) fn longs(&mut self, list: &[u64]) {
        self.length(list.len());
        self.0.reserve(size_of_val(list));
        list.iter().for_each(|long| self.0.extend_from_slice(&long.to_le_bytes()));
    }

    pub(super) fn finish(self) -> Vec<u8> {
        self.0
    }
}

/// Reads numbers; `None` if bytes are missing, or if a list is longer than any that is written.
pub(super) struct Reader<'a> {
    rest: &'a [u8],
    list_max: usize,
}

impl<'a> Reader<'a> {
    pub(super) fn new(bytes: &'a [u8], list_max: usize) -> Reader<'a> {
        Reader { rest: bytes, list_max }
    }

    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.rest.split_at_checked(count)?;
        self.rest = rest;
        Some(taken)
    }

    pub(super) fn byte(&mut self) -> Option<u8> {
        self.take(1).map(|bytes| bytes[0])
    }

    pub(super) fn long(&mut self) -> Option<u64> {
        self.take(8)?.try_into().ok().map(u64::from_le_bytes)
    }

    pub(super) fn flags(&mut self) -> Option<[bool; 3]> {
        self.byte().map(|byte| [byte & 1 != 0, byte & 2 != 0, byte & 4 != 0])
    }

    fn length(&mut self) -> Option<usize> {
        let length = self.take(4)?.try_into().ok().map(u32::from_le_bytes)?;
        usize::try_from(length).ok().filter(|length| *length <= self.list_max)
    }

    pub(super) fn words(&mut self) -> Option<Vec<u32>> {
        let length = self.length()?;
        let bytes = self.take(length * 4)?;
        Some(bytes.as_chunks::<4>().0.iter().map(|word| u32::from_le_bytes(*word)).collect())
    }

    pub(super) fn longs(&mut self) -> Option<Vec<u64>> {
        let length = self.length()?;
        let bytes = self.take(length * 8)?;
        Some(bytes.as_chunks::<8>().0.iter().map(|long| u64::from_le_bytes(*long)).collect())
    }
}
