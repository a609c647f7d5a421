"""Writes a workbook as people make them with openpyxl, or tells what openpyxl finds in one, as lines of "what<TAB>value"."""
import datetime
import sys
import warnings

import openpyxl
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import PatternFill
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table

warnings.simplefilter("ignore")


def write(path):
    book = openpyxl.Workbook()
    work = book.active
    work.title = "Workload"
    work.append(["Type", "Model", "Concurrency"])
    work.append(["internal-tool", "llama-3.1-8b", 5])
    sheet = book.create_sheet("Candidates")
    sheet.append(["Hardware", "Qty", "Owner", "Since", "Twice"])
    sheet.append(["RTX 4090", 1, "Ann", datetime.date(2026, 3, 1), "=B2*2"])
    sheet.append(["M3 Ultra 256", 1, "Ben", datetime.date(2026, 4, 1), "=B3*2"])
    sheet["C2"].fill = PatternFill("solid", fgColor="FFD9EAD3")
    sheet["C2"].comment = Comment("Ask her", "Ben")
    sheet["D2"].number_format = "dd.mm.yyyy"
    choice = DataValidation(type="list", formula1='"Ann,Ben"')
    sheet.add_data_validation(choice)
    choice.add("C2:C9")
    sheet.conditional_formatting.add("B2:B9", CellIsRule(operator="greaterThan", formula=["1"]))
    sheet.freeze_panes = "A2"
    other = book.create_sheet("Mine")
    other.append(["a", "b"])
    other.append([1, 2])
    other.add_table(Table(displayName="MyTable", ref="A1:B2"))
    chart = BarChart()
    chart.add_data(Reference(other, min_col=2, min_row=1, max_row=2), titles_from_data=True)
    other.add_chart(chart, "D2")
    book.save(path)


def tell(path):
    book = openpyxl.load_workbook(path)
    values = openpyxl.load_workbook(path, data_only=True)
    for sheet in book:
        rules = sum(len(rules) for rules in (each.rules for each in sheet.conditional_formatting))
        print("sheet", sheet.title, sep="\t")
        print(sheet.title + " validations", len(sheet.data_validations.dataValidation), sep="\t")
        print(sheet.title + " rules", rules, sep="\t")
        print(sheet.title + " charts", len(sheet._charts), sep="\t")
        print(sheet.title + " tables", len(sheet.tables), sep="\t")
        print(sheet.title + " notes", sum(1 for row in sheet for cell in row if cell.comment), sep="\t")
    for row in values["Candidates"].iter_rows(min_row=1, max_row=3):
        for cell in row:
            if cell.value is not None:
                value = repr(cell.value) if isinstance(cell.value, float) else str(cell.value)
                print("Candidates!" + cell.coordinate, value, sep="\t")
    candidates = book["Candidates"]
    print("format D2", candidates["D2"].number_format, sep="\t")
    print("fill C2", candidates["C2"].fill.fgColor.rgb, sep="\t")
    print("formula E2", candidates["E2"].value, sep="\t")
    print("freeze", candidates.freeze_panes, sep="\t")


if __name__ == "__main__":
    {"write": write, "tell": tell}[sys.argv[1]](sys.argv[2])
