"""Write report_libreoffice.pdf anew: the made-up report, laid out and printed by LibreOffice Writer.

Needs LibreOffice Writer and a Chinese font (packages libreoffice-writer, fonts-wqy-microhei), and is therefore no part of
the tests. From the project's folder: ``.venv/bin/python -m tests.knowledge.data.make_report_libreoffice``
"""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

from tests.knowledge.made_up import REPORT

TARGET = Path(__file__).with_name("report_libreoffice.pdf")

_FRAME = """\
<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" office:version="1.3"
 office:mimetype="application/vnd.oasis.opendocument.text">
<office:styles>
 <style:default-style style:family="paragraph"><style:text-properties style:font-name-asian="WenQuanYi Micro Hei"
  style:font-name="WenQuanYi Micro Hei" fo:font-size="14pt" style:font-size-asian="14pt" fo:language="zh" fo:country="CN"
  style:language-asian="zh" style:country-asian="CN"/></style:default-style>
 <style:style style:name="Body" style:family="paragraph"><style:paragraph-properties fo:text-indent="28pt"
  fo:text-align="justify" fo:line-height="24pt"/></style:style>
 <style:style style:name="Title" style:family="paragraph"><style:paragraph-properties fo:text-align="center"
  fo:margin-bottom="14pt"/><style:text-properties fo:font-size="20pt" style:font-size-asian="20pt" fo:font-weight="bold"
  style:font-weight-asian="bold"/></style:style>
 <style:style style:name="Part" style:family="paragraph" style:parent-style-name="Body"><style:text-properties
  fo:font-size="15pt" style:font-size-asian="15pt" fo:font-weight="bold" style:font-weight-asian="bold"/></style:style>
 <style:style style:name="Cell" style:family="paragraph"><style:paragraph-properties fo:text-align="center"/></style:style>
 <style:style style:name="Signed" style:family="paragraph"><style:paragraph-properties fo:text-align="end"/></style:style>
</office:styles>
<office:automatic-styles>
 <style:style style:name="Box" style:family="table-cell"><style:table-cell-properties fo:border="0.5pt solid #000000"
  fo:padding="3pt"/></style:style>
 <style:page-layout style:name="A5"><style:page-layout-properties fo:page-width="148mm" fo:page-height="210mm"
  fo:margin-top="15mm" fo:margin-bottom="12mm" fo:margin-left="22mm" fo:margin-right="20mm"/>
  <style:header-style><style:header-footer-properties fo:min-height="10mm"/></style:header-style>
  <style:footer-style><style:header-footer-properties fo:min-height="10mm"/></style:footer-style></style:page-layout>
</office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="A5">
 <style:header><text:p text:style-name="Cell">示例市粮食局信息公开</text:p></style:header>
 <style:footer><text:p text:style-name="Cell">- <text:page-number text:select-page="current">1</text:page-number> -</text:p>
 </style:footer></style:master-page></office:master-styles>
<office:body><office:text>
{body}
</office:text></office:body></office:document>
"""


def _body() -> Iterator[str]:
    rows: list[str] = []
    for line in REPORT.splitlines():
        if line.startswith("|"):
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            if "---" not in line:
                rows.append(
                    "".join(
                        f'<table:table-cell table:style-name="Box">{_p("Cell", cell)}</table:table-cell>'
                        for cell in cells
                    )
                )
            continue
        if rows:
            yield _table(rows)
            rows = []
        if line:
            yield _p(_style(line), line.lstrip("# "))


def _style(line: str) -> str:
    if line.startswith("#"):
        return {"#": "Title", "##": "Part", "###": "Body"}[line.split()[0]]
    return "Signed" if line in REPORT.splitlines()[-2:] else "Body"


def _p(style: str, text: str) -> str:
    return f'<text:p text:style-name="{style}">{escape(text)}</text:p>'


def _table(rows: list[str]) -> str:
    head, *body = (f"<table:table-row>{row}</table:table-row>" for row in rows)
    return (
        f'<table:table><table:table-column table:number-columns-repeated="3"/>'
        f"<table:table-header-rows>{head}</table:table-header-rows>{''.join(body)}</table:table>"
    )


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "report_libreoffice.fodt")
        source.write_text(_FRAME.format(body="\n".join(_body())), encoding="utf-8")
        command = [
            "soffice",
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
        ]
        subprocess.run([*command, folder, str(source)], check=True)
        TARGET.write_bytes(source.with_suffix(".pdf").read_bytes())


if __name__ == "__main__":
    main()
