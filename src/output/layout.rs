//! How wide each column of a table is where not all of them have the room they would like: which go on in a next line,
//! which are left out, and when a table is no table any more. Numbers only; nothing here knows a text.
#![allow(
    clippy::indexing_slicing,
    reason = "there is one need and one answer a column"
)]

/// How much a column is missed where it is left out, the least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Importance {
    /// Not at all: none of its cells holds anything.
    Empty,
    /// It goes first.
    Spare,
    /// It goes next, the rightmost first.
    #[default]
    Usual,
    /// It stays at any width.
    Always,
}

/// What a column needs, in columns of the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Need {
    /// How much it is missed.
    pub(super) importance: Importance,
    /// Where each cell stands on one line.
    pub(super) natural: usize,
    /// Narrower and narrower: where it reads calmly; where its long words are whole, as addresses are; where it can still be
    /// read, long texts going on in a next line and long names ending in `…`; and where no number, date or ordinary word is
    /// broken.
    pub(super) floors: [usize; FLOORS],
}

/// How many floors a need has.
pub(super) const FLOORS: usize = 4;

/// What becomes of the columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Layout {
    /// The width of each; none for a column that is left out.
    Columns(Vec<Option<usize>>),
    /// Each row is a record: a heading and a value a line, nothing left out.
    Stacked,
}

/// What may be left out so that each column has its floor: what is hardly missed goes before a long word is broken, and
/// everything else before a column is too narrow to read.
const MISSED: [Importance; FLOORS] = [
    Importance::Spare,
    Importance::Spare,
    Importance::Usual,
    Importance::Usual,
];

/// The layout of columns that need this, `gap` apart, in so much room. What is least missed goes until the rest fits; what
/// then has room after all comes back; the widest columns give first.
pub(super) fn layout(needs: &[Need], gap: usize, room: usize) -> Layout {
    if let [only] = needs {
        return Layout::Columns(vec![Some(only.natural.min(room.max(1)))]);
    }
    let asked = Asked { needs, gap, room };
    let kept = (0..FLOORS).find_map(|floor| asked.kept(floor, MISSED[floor]));
    kept.map_or(Layout::Stacked, |kept| Layout::Columns(asked.widths(&kept)))
}

struct Asked<'a> {
    needs: &'a [Need],
    gap: usize,
    room: usize,
}

impl Asked<'_> {
    /// Which columns are kept where each may be as narrow as this floor, and those missed no more than that may be left out;
    /// nothing where the rest does not fit.
    fn kept(&self, floor: usize, missed: Importance) -> Option<Vec<bool>> {
        let mut going: Vec<usize> = (0..self.needs.len())
            .filter(|&column| self.needs[column].importance <= missed)
            .collect();
        going.sort_by_key(|&column| (self.needs[column].importance, usize::MAX - column));
        let mut kept = vec![true; self.needs.len()];
        for &column in &going {
            if self.fits(&kept, floor) {
                break;
            }
            kept[column] = false;
        }
        if !self.fits(&kept, floor) {
            return None;
        }
        for &column in going.iter().rev() {
            let left_out = !std::mem::replace(&mut kept[column], true);
            if left_out && !self.fits(&kept, floor) {
                kept[column] = false;
            }
        }
        Some(kept)
    }

    fn fits(&self, kept: &[bool], floor: usize) -> bool {
        let widths = self.needs.iter().zip(kept).filter(|(_, kept)| **kept);
        let (count, total) = widths.fold((0_usize, 0), |(count, total), (need, _)| {
            (count + 1, total + need.floors[floor])
        });
        total + self.gap * count.saturating_sub(1) <= self.room
    }

    /// Takes from the widest columns until all fit.
    fn widths(&self, kept: &[bool]) -> Vec<Option<usize>> {
        let floor = (0..FLOORS).find(|floor| self.fits(kept, *floor));
        let floor = floor.unwrap_or(FLOORS - 1);
        let mut widths: Vec<usize> = self.needs.iter().map(|need| need.natural).collect();
        let kept: Vec<usize> = (0..widths.len()).filter(|&column| kept[column]).collect();
        let gaps = self.gap * kept.len().saturating_sub(1);
        let total: usize = kept.iter().map(|&column| widths[column]).sum();
        for _ in self.room.saturating_sub(gaps)..total {
            let widest = kept
                .iter()
                .copied()
                .filter(|&column| widths[column] > self.needs[column].floors[floor])
                .max_by_key(|&column| widths[column]);
            let Some(column) = widest else { break };
            widths[column] -= 1;
        }
        let width = |column| kept.contains(&column).then_some(widths[column]);
        (0..widths.len()).map(width).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Importance::{Always, Empty, Spare, Usual};
    use super::*;

    const fn need(importance: Importance, natural: usize, pleasant: usize, least: usize) -> Need {
        Need {
            importance,
            natural,
            floors: [pleasant, pleasant, pleasant, least],
        }
    }

    #[test]
    fn the_least_important_columns_go_first_and_the_widest_give_first() {
        let name = need(Always, 20, 12, 8);
        let note = need(Usual, 40, 20, 10);
        let stage = need(Usual, 8, 8, 8);
        let operation = need(Spare, 4, 4, 4);
        let nothing = need(Empty, 5, 5, 5);
        let all = [name, note, operation, stage, nothing];
        for (room, widths) in [
            (100, [Some(20), Some(40), Some(4), Some(8), Some(5)]),
            (80, [Some(20), Some(35), Some(4), Some(8), Some(5)]),
            (60, [Some(15), Some(20), Some(4), Some(8), Some(5)]),
            (54, [Some(16), Some(20), Some(4), Some(8), None]),
            (50, [Some(12), Some(20), Some(4), Some(8), None]),
            (46, [Some(14), Some(20), None, Some(8), None]),
            (40, [Some(12), Some(20), Some(4), None, None]),
            (20, [Some(14), None, Some(4), None, None]),
            (12, [Some(12), None, None, None, None]),
            (9, [Some(9), None, None, None, None]),
        ] {
            let laid = Layout::Columns(widths.to_vec());
            assert_eq!(layout(&all, 2, room), laid, "{room}");
        }
        assert_eq!(layout(&all, 2, 7), Layout::Stacked);
    }

    #[test]
    fn what_always_stays_is_stacked_where_it_does_not_fit() {
        let pair = [need(Always, 20, 20, 20), need(Always, 60, 30, 25)];
        for (room, laid) in [
            (82, Layout::Columns(vec![Some(20), Some(60)])),
            (60, Layout::Columns(vec![Some(20), Some(38)])),
            (50, Layout::Columns(vec![Some(20), Some(28)])),
            (47, Layout::Columns(vec![Some(20), Some(25)])),
            (46, Layout::Stacked),
        ] {
            assert_eq!(layout(&pair, 2, room), laid, "{room}");
        }
    }

    #[test]
    fn a_long_word_is_broken_before_a_column_is_missed() {
        let key = Need {
            floors: [30, 30, 20, 20],
            ..need(Always, 30, 20, 20)
        };
        let (meaning, default) = (need(Usual, 50, 20, 10), need(Spare, 10, 10, 10));
        for (room, widths) in [
            (64, [Some(30), Some(20), Some(10)]),
            (63, [Some(30), Some(31), None]),
            (60, [Some(30), Some(28), None]),
            (52, [Some(30), Some(20), None]),
            (51, [Some(25), Some(24), None]),
        ] {
            let laid = layout(&[key, meaning, default], 2, room);
            assert_eq!(laid, Layout::Columns(widths.to_vec()), "{room}");
        }
    }

    #[test]
    fn one_column_takes_the_room_that_there_is() {
        let only = [need(Usual, 30, 20, 10)];
        for (room, width) in [(0, 1), (5, 5), (30, 30), (80, 30)] {
            assert_eq!(layout(&only, 2, room), Layout::Columns(vec![Some(width)]));
        }
        assert_eq!(layout(&[], 2, 10), Layout::Columns(Vec::new()));
    }
}
