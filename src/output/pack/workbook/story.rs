//! The first worksheet: the story, what needs a decision, and the figures that lead, to be read aloud.

use rust_xlsxwriter::{Format, FormatAlign, Worksheet};

use super::page::{Page, Result, lines};
use crate::output::pack::Pack;
use crate::output::plain::plain;

/// How wide the columns are, in characters.
const WIDTHS: [usize; 4] = [44, 70, 30, 20];
/// The height of a line, in points.
const LINE: usize = 16;

/// Writes it.
pub(super) fn write(sheet: &mut Worksheet, pack: &Pack) -> Result<()> {
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let bold = Format::new().set_bold().set_text_wrap();
    let mut page = Page::new(sheet, "Summary")?;
    page.title(0, &pack.title(), 18)?;
    page.sheet.write_string(1, 0, pack.subtitle())?;
    page.sheet.merge_range(2, 0, 2, 3, &pack.story, &wrapped)?;
    let height = LINE * lines(&pack.story, WIDTHS.iter().sum());
    page.sheet
        .set_row_height(2, u32::try_from(height).unwrap_or(32))?;
    page.sheet.set_freeze_panes(2, 0)?;
    for (row, (heading, cells)) in (4..).zip(rows(pack)) {
        let format = if heading { &bold } else { &wrapped };
        let mut most = 1;
        for (column, (cell, width)) in (0u16..).zip(cells.iter().zip(WIDTHS)) {
            page.sheet
                .write_string_with_format(row, column, cell, format)?;
            most = most.max(lines(cell, width));
        }
        page.sheet
            .set_row_height(row, u32::try_from(LINE * most).unwrap_or(32))?;
    }
    page.sheet.set_landscape().set_print_fit_to_pages(1, 0);
    page.finish()?;
    for (column, width) in (0u16..).zip(WIDTHS) {
        sheet.set_column_width(column, width as f64)?;
    }
    Ok(())
}

/// The rows: decisions, and the figures that lead; and whether a row is one of headings.
fn rows(pack: &Pack) -> Vec<(bool, Vec<String>)> {
    let heading = |words: [&str; 4]| (true, words.map(str::to_owned).to_vec());
    let mut rows = vec![heading([
        "What needs a decision",
        "Why",
        "Could own it",
        "",
    ])];
    if pack.decisions.is_empty() {
        rows.push((false, vec!["No threshold is crossed.".to_owned()]));
    }
    for advice in &pack.decisions {
        let why = advice.facts().collect::<Vec<_>>().join("; ");
        rows.push((false, vec![advice.title.clone(), why, advice.owner.clone()]));
    }
    rows.push((false, Vec::new()));
    rows.push(heading([
        "The figures that lead",
        "Value",
        "Before",
        "Since then",
    ]));
    for one in pack.heroes().concat() {
        let word = one.verdict().map(|verdict| verdict.name().to_owned());
        let cells = [
            one.figure.name().to_owned(),
            plain(&one.figure.value),
            plain(&one.before),
            word.unwrap_or_default(),
        ];
        rows.push((false, cells.to_vec()));
    }
    rows
}
