//! Pages of a list.

use serde::{Deserialize, Serialize};

/// How many rows a page has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PageSize {
    /// 20.
    Twenty,
    /// 25, unless another is chosen.
    #[default]
    TwentyFive,
    /// 50.
    Fifty,
}

impl PageSize {
    /// Every size.
    pub const ALL: [Self; 3] = [Self::Twenty, Self::TwentyFive, Self::Fifty];

    /// Returns the number of rows.
    pub fn get(self) -> i64 {
        match self {
            Self::Twenty => 20,
            Self::TwentyFive => 25,
            Self::Fifty => 50,
        }
    }

    /// Reads the number of rows; none where no page has as many.
    pub fn parse(raw: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|size| size.get().to_string() == raw)
    }

    /// Returns how many pages `total` rows fill; an empty list has one.
    pub fn pages(self, total: i64) -> i64 {
        let total = total.max(0);
        (total / self.get() + i64::from(total % self.get() > 0)).max(1)
    }

    /// Returns the page nearest to `page` that a list of `total` rows has.
    pub fn clamp(self, page: i64, total: i64) -> i64 {
        page.clamp(1, self.pages(total))
    }
}

/// A page of a list, and how long the list is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page<T> {
    /// The rows of this page.
    pub rows: Vec<T>,
    /// How many rows the list has.
    pub total: i64,
    /// Which page it is; the first is 1.
    pub page: i64,
    /// How many rows a full page has.
    pub size: PageSize,
}

impl<T> Page<T> {
    /// Returns how many pages the list has, at least one.
    pub fn pages(&self) -> i64 {
        self.size.pages(self.total)
    }

    /// Returns the number of the first row here, counted from 1; 0 where there is none.
    pub fn first_row(&self) -> i64 {
        if self.total <= 0 { 0 } else { self.rows_before() + 1 }
    }

    /// Returns the number of the last row here, counted from 1; 0 where there is none.
    pub fn last_row(&self) -> i64 {
        (self.rows_before() + self.size.get()).min(self.total.max(0))
    }

    fn rows_before(&self) -> i64 {
        (self.size.clamp(self.page, self.total) - 1) * self.size.get()
    }
}

/// Reads which rows somebody sees, a line each; more than a page holds nobody does.
pub fn shown(lines: &str) -> impl Iterator<Item = &str> {
    lines.lines().take(50)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn page(page: i64, total: i64, size: PageSize) -> Page<()> {
        Page {
            rows: Vec::new(),
            total,
            page,
            size,
        }
    }

    #[test]
    fn a_page_says_which_rows_it_has() {
        let rows = |number, total| {
            let page = page(number, total, PageSize::TwentyFive);
            format!("{}–{} of {}", page.first_row(), page.last_row(), page.pages())
        };
        assert_eq!(rows(1, 57), "1–25 of 3");
        assert_eq!(rows(3, 57), "51–57 of 3");
        assert_eq!(rows(2, 50), "26–50 of 2");
        assert_eq!(rows(1, 1), "1–1 of 1");
        assert_eq!(rows(1, 0), "0–0 of 1");
        assert_eq!(rows(i64::MAX, 57), "51–57 of 3");
    }

    #[test]
    fn a_page_past_either_end_becomes_the_nearest() {
        let clamp = |page, total| PageSize::Twenty.clamp(page, total);
        assert_eq!([clamp(0, 50), clamp(3, 50), clamp(4, 50), clamp(9, 0)], [1, 3, 3, 1]);
    }

    #[test]
    fn only_three_sizes_are_read() {
        for size in PageSize::ALL {
            assert_eq!(PageSize::parse(&size.get().to_string()), Some(size));
        }
        assert_eq!(PageSize::default().get(), 25);
        for wrong in ["", "0", "25 ", "+25", "025", "100", "twenty"] {
            assert_eq!(PageSize::parse(wrong), None, "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn the_pages_together_are_the_list(total in 0_i64..500, size in prop::sample::select(PageSize::ALL.to_vec())) {
            let mut next = 1;
            for number in 1..=size.pages(total) {
                let page = page(number, total, size);
                if total > 0 {
                    prop_assert_eq!(page.first_row(), next);
                    prop_assert!(page.last_row() >= next && page.last_row() - next < size.get());
                }
                next = page.last_row() + 1;
            }
            prop_assert_eq!(next, total + 1);
        }

        #[test]
        fn no_number_overflows(number: i64, total: i64) {
            let page = page(number, total, PageSize::Fifty);
            prop_assert!(page.first_row() <= page.last_row() && page.last_row() <= total.max(0));
        }
    }
}
