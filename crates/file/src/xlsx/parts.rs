//! The parts of a workbook beside its cells.

use super::cell;

const XML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml";

/// The end of a sheet.
pub(super) const SHEET_END: &str = "</sheetData></worksheet>";

/// The path of a sheet, counted from 1.
pub(super) fn sheet_path(sheet: u64) -> String {
    format!("xl/worksheets/sheet{sheet}.xml")
}

/// The beginning of a sheet of so many columns, whose first row stays in sight.
pub(super) fn sheet_begin(columns: usize) -> String {
    let widths = match columns {
        0 => String::new(),
        last => {
            format!("<cols><col min=\"1\" max=\"{last}\" width=\"18\" customWidth=\"1\"/></cols>")
        }
    };
    format!(
        "{XML}<worksheet xmlns=\"{MAIN}\"><sheetViews><sheetView workbookViewId=\"0\">\
         <pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/>\
         </sheetView></sheetViews>{widths}<sheetData>"
    )
}

/// The sheet of the note.
pub(super) fn note_sheet(lines: &[String]) -> String {
    let mut text = format!(
        "{XML}<worksheet xmlns=\"{MAIN}\">\
         <cols><col min=\"1\" max=\"1\" width=\"100\" customWidth=\"1\"/></cols><sheetData>"
    );
    for (line, row) in lines.iter().zip(1..) {
        text.push_str(&format!("<row r=\"{row}\">"));
        cell::text(line, "A", row, cell::TEXT, &mut text);
        text.push_str("</row>");
    }
    text + SHEET_END
}

/// The other parts, for so many sheets of rows.
pub(super) fn book(sheets: u64) -> [(&'static str, String); 5] {
    let (mut list, mut links, mut kinds) = (String::new(), String::new(), String::new());
    for sheet in 1..=sheets + 1 {
        let name = match sheet {
            1 => "Rows".to_owned(),
            note if note > sheets => "Note".to_owned(),
            more => format!("Rows {more}"),
        };
        list.push_str(&format!(
            "<sheet name=\"{name}\" sheetId=\"{sheet}\" r:id=\"rId{sheet}\"/>"
        ));
        links.push_str(&format!(
            "<Relationship Id=\"rId{sheet}\" Type=\"{OFFICE}/worksheet\" \
             Target=\"worksheets/sheet{sheet}.xml\"/>"
        ));
        kinds.push_str(&format!(
            "<Override PartName=\"/{}\" ContentType=\"{TYPE}.worksheet+xml\"/>",
            sheet_path(sheet)
        ));
    }
    let styles = sheets + 2;
    [
        (
            "xl/workbook.xml",
            format!(
                "{XML}<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><sheets>{list}</sheets>\
                 </workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                "{XML}<Relationships xmlns=\"{RELATIONS}\">{links}<Relationship \
                 Id=\"rId{styles}\" Type=\"{OFFICE}/styles\" Target=\"styles.xml\"/>\
                 </Relationships>"
            ),
        ),
        ("xl/styles.xml", styles_part()),
        (
            "_rels/.rels",
            format!(
                "{XML}<Relationships xmlns=\"{RELATIONS}\"><Relationship Id=\"rId1\" \
                 Type=\"{OFFICE}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "[Content_Types].xml",
            format!(
                "{XML}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
                 <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
                 <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
                 <Override PartName=\"/xl/workbook.xml\" ContentType=\"{TYPE}.sheet.main+xml\"/>\
                 {kinds}<Override PartName=\"/xl/styles.xml\" ContentType=\"{TYPE}.styles+xml\"/></Types>"
            ),
        ),
    ]
}

/// Plain, heading, text, whole number, date, two moments, and numbers by their decimal places.
fn styles_part() -> String {
    let mut formats = String::from(
        "<numFmt numFmtId=\"164\" formatCode=\"yyyy\\-mm\\-dd\"/>\
         <numFmt numFmtId=\"165\" formatCode=\"yyyy\\-mm\\-dd\\ hh:mm:ss\"/>\
         <numFmt numFmtId=\"166\" formatCode=\"yyyy\\-mm\\-dd\\ hh:mm:ss.000\"/>",
    );
    let style = |format: usize| {
        format!(
            "<xf numFmtId=\"{format}\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/>"
        )
    };
    let mut styles = [
        style(0),
        "<xf numFmtId=\"49\" fontId=\"1\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyFont=\"1\"/>"
            .to_owned(),
        style(49),
        style(1),
        style(164),
        style(165),
        style(166),
    ]
    .concat();
    for places in 1..=cell::MOST_PLACES {
        let id = 166 + places;
        let zeros = "0".repeat(places);
        formats.push_str(&format!(
            "<numFmt numFmtId=\"{id}\" formatCode=\"0.{zeros}\"/>"
        ));
        styles.push_str(&style(id));
    }
    let (formats_count, styles_count) = (3 + cell::MOST_PLACES, 7 + cell::MOST_PLACES);
    format!(
        "{XML}<styleSheet xmlns=\"{MAIN}\"><numFmts count=\"{formats_count}\">{formats}</numFmts>\
         <fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font>\
         <font><b/><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts>\
         <fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill>\
         <fill><patternFill patternType=\"gray125\"/></fill></fills>\
         <borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>\
         <cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/>\
         </cellStyleXfs><cellXfs count=\"{styles_count}\">{styles}</cellXfs></styleSheet>"
    )
}
