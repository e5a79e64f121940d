//! Reports that are grouped: what the rows of a group have in common stands in the first of them only
//! (`docs/import.md`, reports).

use std::collections::HashSet;

use super::{Header, Table};
use crate::intake::grid::Grid;
use crate::intake::totals;

/// How many rows are looked at.
const ROWS: usize = 500;

/// What the first column of a file looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Grouping {
    /// Every row has a value of its own, or none.
    None,
    /// Groups with their totals below them: its empty cells are those of the group.
    Clear,
    /// It may be grouped.
    Perhaps,
}

impl Table {
    /// Fills down the columns by which a report is grouped: those marked with an arrow, or the first where subtotals
    /// stand below its groups. Where that is less clear, it is said.
    pub(crate) fn fill_groups(&mut self) {
        if self.lines_of_file.is_some() {
            return;
        }
        let header = Header::of_one_row(&self.first_rows(1).pop().unwrap_or_default());
        let mut columns = Grid::grouped(&header.names);
        if columns.is_empty() {
            match self.grouping() {
                Grouping::None => return,
                Grouping::Clear => columns.push(0),
                Grouping::Perhaps => {
                    self.notes.push(format!(
                        "column `{}` looks like that of a grouped report, with empty cells below the name of a group; \
                         they stay empty: export the report without groups",
                        header.name(0)
                    ));
                    return;
                }
            }
        }
        let mut grid = Grid::default();
        grid.add(self.header_line(), header.names);
        let mut rows = self.rows();
        while let Some(row) = rows.next() {
            // A row that cannot be trusted stays as it is, and so do all others.
            if row.fault().is_some() {
                return;
            }
            let row = row.source_row();
            grid.add(row.line, row.original);
        }
        grid.fill_down(0, &columns);
        let written = grid.into_text();
        (self.text, self.lines_of_file) = (written.text, Some(written.lines));
        (self.delimiter, self.start) = (b',', 0);
        self.begin_after(1);
    }

    fn grouping(&self) -> Grouping {
        let mut reader = self.reader(self.body);
        let (mut groups, mut empty, mut totals) = (Vec::new(), 0, 0);
        let mut is_first = true;
        let mut begins_anew = true;
        for record in reader.records().map_while(Result::ok).take(ROWS) {
            if record.iter().all(|cell| cell.trim().is_empty()) {
                continue;
            }
            if totals::is_total(record.iter()) {
                totals += 1;
                is_first = true;
                continue;
            }
            match record.get(0).map(str::trim).unwrap_or_default() {
                "" => {
                    begins_anew &= !is_first;
                    empty += 1;
                }
                group => groups.push(group.to_owned()),
            }
            is_first = false;
        }
        let distinct: HashSet<&String> = groups.iter().collect();
        let is_sorted = groups.is_sorted() || groups.iter().rev().is_sorted();
        let is_grouped = empty > 0 && groups.len() > 1 && distinct.len() == groups.len();
        match is_grouped && begins_anew {
            true if totals >= groups.len() => Grouping::Clear,
            true if is_sorted && empty * 2 >= groups.len() => Grouping::Perhaps,
            _ => Grouping::None,
        }
    }
}
