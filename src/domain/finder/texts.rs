//! A text a row, all in one buffer: a million short strings of their own would take four times the room.

/// Texts by row.
#[derive(Default)]
pub(super) struct Texts {
    buffer: String,
    spans: Vec<(u32, u32)>,
    /// Bytes of the buffer that no row points at any more.
    unused: usize,
}

impl Texts {
    pub(super) fn get(&self, row: usize) -> &str {
        let (start, end) = self.spans[row];
        &self.buffer[start as usize..end as usize]
    }

    /// Writes a row's text; the row after the last one is added.
    pub(super) fn set(&mut self, row: usize, text: &str) {
        if row == self.spans.len() {
            self.spans.push((0, 0));
        } else if self.get(row) == text {
            return;
        }
        self.unused += self.get(row).len();
        self.spans[row] = append(&mut self.buffer, text);
        if self.unused > 1 << 16 && self.unused > self.buffer.len() / 2 {
            self.compact();
        }
    }

    fn compact(&mut self) {
        let mut buffer = String::with_capacity(self.buffer.len() - self.unused);
        for span in &mut self.spans {
            *span = append(&mut buffer, &self.buffer[span.0 as usize..span.1 as usize]);
        }
        self.buffer = buffer;
        self.unused = 0;
    }
}

/// Adds a text and returns its place. Four gigabytes of names would be more customers than rows can number.
fn append(buffer: &mut String, text: &str) -> (u32, u32) {
    let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    let start = place(buffer.len());
    buffer.push_str(text);
    (start, place(buffer.len()))
}

#[cfg(test)]
mod tests {
    use super::Texts;

    #[test]
    fn rows_keep_their_texts_through_changes_and_compaction() {
        let mut texts = Texts::default();
        for row in 0..100 {
            texts.set(row, &format!("name {row}"));
        }
        for round in 0..2_000 {
            texts.set(
                round % 100,
                &format!("a much longer name {round} of row {}", round % 100),
            );
        }
        for row in 0..100 {
            assert_eq!(
                texts.get(row),
                format!("a much longer name {} of row {row}", 1_900 + row)
            );
        }
        assert!(texts.buffer.len() < 1 << 17, "{} bytes", texts.buffer.len());
    }
}
