package exchange

const (
	sheetPart = "xl/worksheets/sheet1.xml"
	boldStyle = ` s="1"` // the second of cellXfs below

	declaration = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	tables      = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	packages    = "http://schemas.openxmlformats.org/package/2006/"
	relations   = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	partType    = "application/vnd.openxmlformats-officedocument.spreadsheetml."

	// The names of columns stay in sight.
	sheetBegin = declaration + `<worksheet xmlns="` + tables + `"><sheetViews><sheetView tabSelected="1" workbookViewId="0">` +
		`<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft"/>` +
		`</sheetView></sheetViews><sheetData>`
	sheetEnd = `</sheetData></worksheet>`
)

// workbook is what stands around a sheet in its file: what each part is, and how the
// table looks. The fills are those that Excel takes for granted.
var workbook = []struct{ part, content string }{
	{"[Content_Types].xml", `<Types xmlns="` + packages + `content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
		`<Default Extension="xml" ContentType="application/xml"/>` +
		`<Override PartName="/xl/workbook.xml" ContentType="` + partType + `sheet.main+xml"/>` +
		`<Override PartName="/xl/styles.xml" ContentType="` + partType + `styles+xml"/>` +
		`<Override PartName="/` + sheetPart + `" ContentType="` + partType + `worksheet+xml"/></Types>`},
	{"_rels/.rels", `<Relationships xmlns="` + packages + `relationships">` +
		`<Relationship Id="rId1" Type="` + relations + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
	{"xl/workbook.xml", `<workbook xmlns="` + tables + `" xmlns:r="` + relations + `"><bookViews><workbookView/></bookViews>` +
		`<sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>`},
	{"xl/_rels/workbook.xml.rels", `<Relationships xmlns="` + packages + `relationships">` +
		`<Relationship Id="rId1" Type="` + relations + `/worksheet" Target="worksheets/sheet1.xml"/>` +
		`<Relationship Id="rId2" Type="` + relations + `/styles" Target="styles.xml"/></Relationships>`},
	{"xl/styles.xml", `<styleSheet xmlns="` + tables + `"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>` +
		`<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>` +
		`<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>` +
		`<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>` +
		`<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>` +
		`<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>` +
		`<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs>` +
		`<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`},
}
