//! The page of customers that a query asks for.

use std::cmp::Ordering;

use super::Finder;
use super::count::as_count;
use super::filter::{self, Reasons};
use super::ranking::Ranking;
use super::rows::Rows;
use super::search::NO_FIT;
use super::spans::{Span, Spans};
use super::today::Today;
use crate::domain::customer_query::{CustomerQuery, Sort, SortKey};
use crate::domain::page::PageSize;
use crate::domain::period::Window;

/// Up to which part of all customers a result is sorted by itself; beyond, walking through a kept order is quicker.
const FEW: usize = 8;

/// A page of customers, by number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The customers of the page, in order.
    pub rows: Vec<FoundRow>,
    /// How many match.
    pub total: i64,
    /// How many there are before any filter and search: all, or those who ordered in the period.
    pub of: i64,
    /// Which page it is: the one asked for, or the nearest there is.
    pub page: i64,
    /// How many rows a full page has.
    pub size: PageSize,
}

/// A customer of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FoundRow {
    /// The database's number.
    pub id: i64,
    /// With a period, what the customer did in it.
    pub span: Option<Span>,
}

impl Finder {
    /// Finds the page of customers that a query asks for; `window` is that of its period at this moment.
    pub fn find(&mut self, query: &CustomerQuery, window: Option<Window>, today: &Today) -> Found {
        let (reasons, scores) = self.filtered(query, window, today);
        let total = as_count(reasons.iter().filter(|reasons| **reasons == 0).count());
        let size = query.size.unwrap_or_default();
        let page = size.clamp(query.page, total);
        let take = usize::try_from(size.get()).unwrap_or_default();
        let skip = usize::try_from(page - 1).unwrap_or_default() * take;
        let rows = self.page(query, window, &reasons, scores.as_deref(), skip, take);
        let spans = self.spans(window).map(|at| &self.spans[at]);
        let found = |row: u32| FoundRow {
            id: self.rows.ids[row as usize],
            span: spans.and_then(|spans| spans.get(row)),
        };
        Found {
            rows: rows.into_iter().map(found).collect(),
            total,
            of: as_count(spans.map_or(self.alive, |spans| spans.owners().len())),
            page,
            size,
        }
    }

    /// Finds every customer that a query asks for, in its order, whatever its page.
    pub fn find_all(&mut self, query: &CustomerQuery, window: Option<Window>, today: &Today) -> Vec<FoundRow> {
        let (reasons, scores) = self.filtered(query, window, today);
        let rows = self.page(query, window, &reasons, scores.as_deref(), 0, usize::MAX);
        let spans = self.spans(window).map(|at| &self.spans[at]);
        let found = |row: u32| FoundRow {
            id: self.rows.ids[row as usize],
            span: spans.and_then(|spans| spans.get(row)),
        };
        rows.into_iter().map(found).collect()
    }

    /// Returns customers whom somebody sees already, in the order in which they are seen, with what each did in the
    /// period; who did nothing in it is left out.
    pub fn seen(&mut self, ids: &[i64], window: Option<Window>) -> Vec<FoundRow> {
        self.settle();
        let spans = self.spans(window).map(|at| &self.spans[at]);
        let found = |id: &i64| {
            let row = self.rows.of(*id)?;
            let span = spans.and_then(|spans| spans.get(row));
            (span.is_some() || window.is_none()).then_some(FoundRow { id: *id, span })
        };
        ids.iter().filter_map(found).collect()
    }

    fn filtered(
        &mut self,
        query: &CustomerQuery,
        window: Option<Window>,
        today: &Today,
    ) -> (Vec<Reasons>, Option<Vec<u8>>) {
        self.settle();
        let spans = self.spans(window);
        let scores = self.scores(&query.search);
        let spans = spans.map(|at| &self.spans[at]);
        (
            filter::reasons(query, &self.rows, spans, scores.as_deref(), today),
            scores,
        )
    }

    fn page(
        &mut self,
        query: &CustomerQuery,
        window: Option<Window>,
        reasons: &[Reasons],
        scores: Option<&[u8]>,
        skip: usize,
        take: usize,
    ) -> Vec<u32> {
        let sort = query.sort_or_default();
        // Names are those of a lifetime, whatever the period.
        let window = window.filter(|_| sort.key != SortKey::Name);
        let scores = scores.filter(|_| query.sort.is_none());
        let total = reasons.iter().filter(|reasons| **reasons == 0).count();
        if total <= self.rows.len() / FEW {
            return self.sorted(sort, window, reasons, scores, skip, take);
        }
        self.rank(sort.key, window);
        let Some(ranking) = self.rankings.get_mut(&(sort.key, window)) else {
            return Vec::new();
        };
        ranking.asked = self.changed.len();
        let passes = |row: u32| reasons[row as usize] == 0;
        let spans = self.spans.iter().find(|spans| Some(spans.window) == window);
        let same = |one: u32, other: u32| values(&self.rows, spans, sort.key, one, other) == Ordering::Equal;
        match scores {
            None => ranking.page(sort.descending, same, passes, skip, take),
            Some(scores) => best_first(scores, reasons, skip, take, |score, skip, take| {
                let fits = |row: u32| passes(row) && scores[row as usize] == score;
                ranking.page(sort.descending, same, fits, skip, take)
            }),
        }
    }

    /// The same of few: they are sorted, instead of looked for among all.
    fn sorted(
        &self,
        sort: Sort,
        window: Option<Window>,
        reasons: &[Reasons],
        scores: Option<&[u8]>,
        skip: usize,
        take: usize,
    ) -> Vec<u32> {
        let spans = self.spans.iter().find(|spans| Some(spans.window) == window);
        let score = |row: u32| scores.map_or(0, |scores| scores[row as usize]);
        let compare = |one: &u32, other: &u32| {
            let (one, other) = (*one, *other);
            let by_value = values(&self.rows, spans, sort.key, one, other);
            let by_value = if sort.descending { by_value.reverse() } else { by_value };
            let by_score = score(one).cmp(&score(other));
            by_score.then(by_value).then_with(|| self.rows.by_phone(one, other))
        };
        let mut rows: Vec<u32> = (0..)
            .zip(reasons)
            .filter(|(_, reasons)| **reasons == 0)
            .map(|(row, _)| row)
            .collect();
        let end = skip.saturating_add(take);
        if end < rows.len() {
            rows.select_nth_unstable_by(end, compare);
            rows.truncate(end);
        }
        rows.sort_unstable_by(compare);
        rows.drain(..skip.min(rows.len()));
        rows
    }

    /// Makes sure that there is an up-to-date ranking of all customers, or of those of a period.
    pub(super) fn rank(&mut self, key: SortKey, window: Option<Window>) {
        let (rows, spans) = (&self.rows, self.spans.iter().find(|spans| Some(spans.window) == window));
        let compare =
            |one: u32, other: u32| values(rows, spans, key, one, other).then_with(|| rows.by_phone(one, other));
        let first = |row: u32| value(rows, spans, key, row);
        let belongs = |row: u32| match spans {
            Some(spans) => spans.get(row).is_some(),
            None => rows.alive[row as usize],
        };
        let seen = self.changed.len();
        match self.rankings.get_mut(&(key, window)) {
            Some(ranking) if ranking.seen == seen => {}
            // Merging many changes one by one would take longer than sorting.
            Some(ranking) if seen - ranking.seen <= rows.len() / 4 => {
                ranking.refresh(&self.changed[ranking.seen..], belongs, first, compare);
                ranking.seen = seen;
            }
            _ => {
                let all = (0..).take(rows.len()).filter(|row| belongs(*row));
                let mut ranking = Ranking::of(all, first, compare);
                ranking.seen = seen;
                self.rankings.insert((key, window), ranking);
            }
        }
    }
}

/// What a customer is sorted by before names are read to their end and phones decide.
fn value(rows: &Rows, spans: Option<&Spans>, key: SortKey, row: u32) -> u64 {
    let Some(span) = spans.and_then(|spans| spans.get(row)) else {
        return rows.key(key, row);
    };
    match key {
        SortKey::Name => rows.key(key, row),
        SortKey::Orders => span.orders.into(),
        SortKey::Spent => span.spent.unsigned_abs(),
        SortKey::Last => span.last.into(),
        SortKey::First => span.first.into(),
    }
}

fn values(rows: &Rows, spans: Option<&Spans>, key: SortKey, one: u32, other: u32) -> Ordering {
    let name = |row: u32| rows.names.get(row as usize);
    value(rows, spans, key, one)
        .cmp(&value(rows, spans, key, other))
        .then_with(|| {
            if key == SortKey::Name {
                name(one).cmp(name(other))
            } else {
                Ordering::Equal
            }
        })
}

/// Walks the scores from the best on, and through the customers of each that the page reaches.
fn best_first(
    scores: &[u8],
    reasons: &[Reasons],
    skip: usize,
    take: usize,
    walk: impl Fn(u8, usize, usize) -> Vec<u32>,
) -> Vec<u32> {
    let mut counts = [0_usize; NO_FIT as usize];
    for (score, _) in scores.iter().zip(reasons).filter(|(_, reasons)| **reasons == 0) {
        counts[*score as usize] += 1;
    }
    let (mut skip, mut rows) = (skip, Vec::new());
    for (score, count) in (0..NO_FIT).zip(counts) {
        if skip >= count {
            skip -= count;
        } else if rows.len() < take {
            rows.extend(walk(score, skip, take - rows.len()));
            skip = 0;
        }
    }
    rows
}
