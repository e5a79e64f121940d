//! The pack as a workbook: a sheet for the figures that lead, one a report with native charts that can be copied into
//! slides, and one for the facts of each report. Text is written as text, never as a formula, and the file knows no
//! clock.

use std::io;

use rust_xlsxwriter::{DocProperties, Workbook, Worksheet};

use super::super::answer::Sheet;
use super::{Pack, Section};

mod charts;
mod page;
mod story;

use page::{Page, Result, excel_day};

/// How many rows stay in place when the others scroll: in a sheet of a report its title, elsewhere the headings.
const TITLE_ROWS: u32 = 2;

/// The workbook's bytes.
///
/// # Errors
/// When the pack is too large for one.
pub(super) fn write(pack: &Pack) -> io::Result<Vec<u8>> {
    built(pack).map_err(io::Error::other)
}

fn built(pack: &Pack) -> Result<Vec<u8>> {
    let mut book = Workbook::new();
    let properties = DocProperties::new()
        .set_title(pack.title())
        .set_author("advocate")
        .set_creation_datetime(&excel_day(pack.as_of)?);
    book.set_properties(&properties);
    story::write(book.add_worksheet(), pack)?;
    list(book.add_worksheet(), "Figures", &pack.headline_sheet())?;
    for section in &pack.sections {
        report(book.add_worksheet(), section, &pack.subtitle())?;
    }
    for section in &pack.sections {
        if let Some(facts) = &section.facts {
            list(
                book.add_worksheet(),
                &format!("{} facts", section.title),
                &facts.sheet,
            )?;
        }
    }
    book.save_to_buffer()
}

/// A worksheet that is one table: its headings stay, and it can be filtered.
fn list(page: &mut Worksheet, name: &str, sheet: &Sheet) -> Result<()> {
    let mut page = Page::new(page, name)?;
    let block = page.table(0, sheet)?;
    page.trends(0, sheet, &block)?;
    page.sheet.set_freeze_panes(1, 0)?;
    if block.rows > 0 {
        page.sheet
            .autofilter(0, 0, block.rows, block.columns.saturating_sub(1))?;
    }
    page.sheet.set_repeat_rows(0, 0)?;
    page.sheet.set_landscape().set_print_fit_to_pages(1, 0);
    page.finish()
}

/// A worksheet of a report: figures, tables and the figures of its charts one beneath the other, each chart at the right
/// of its own.
fn report(page: &mut Worksheet, section: &Section, subtitle: &str) -> Result<()> {
    let mut page = Page::new(page, section.title)?;
    page.title(0, section.title, 16)?;
    page.sheet.write_string(1, 0, subtitle)?;
    page.sheet.set_freeze_panes(TITLE_ROWS, 0)?;
    let mut row = TITLE_ROWS + 1;
    row = page.table(row, &section.figures)?.after(row);
    for table in &section.tables {
        if !table.sheet.rows.is_empty() {
            page.title(row, &table.title, 12)?;
            row = page.table(row + 1, &table.sheet)?.after(row + 1);
        }
    }
    for chart in &section.charts {
        page.title(row, &chart.title, 12)?;
        let mut block = page.table(row + 1, &chart.sheet())?;
        if let Some(target) = &chart.target {
            page.target(row + 1, target, &mut block, &charts::short_format(chart))?;
        }
        let native = charts::native(chart, section.title, row + 1, &block);
        page.sheet
            .insert_chart(row + 1, block.columns + 1, &native)?;
        // Nothing stands beneath a picture.
        row = block.after(row + 1).max(row + 1 + charts::ROWS);
    }
    page.sheet.set_landscape().set_print_fit_to_pages(1, 0);
    page.finish()
}
