"""What the program says, in Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping

from checkpoints.language import Language

WORDS: Mapping[str, tuple[str, str]] = {
    "error": ("须更正", "to correct"),
    "warning": ("请核对", "to check"),
    "info": ("提示", "hint"),
    "completeness": ("完整性", "completeness"),
    "non_negativity": ("非负性", "non-negativity"),
    "balance": ("勾稽", "balance"),
    "continuity": ("跨年衔接", "continuity"),
    "narrative": ("文表一致", "narrative"),
    "integrity": ("程序自检", "integrity"),
    "read": ("读取报告", "reading"),
    "build": ("建立数据模型", "building models"),
    "validate": ("执行检查", "validating"),
    "unknown_agency": ("机关未识别", "agency unknown"),
    "unknown_year": ("年度未识别", "year unknown"),
    "by_eye": (
        "有{n}格识别把握不大，请对照原件目视核对",
        "{n} cells were recognised with little confidence: check by eye",
    ),
    "counted": ("{what}{n}", "{what} {n}"),
    "clean": ("未发现问题", "nothing found"),
    "more": ("另有{n}条，见网页", "{n} more, see the site"),
    "duplicate": (
        "同一报告的另一版式，数字相同，不再重复检查",
        "another rendering of a report, same figures, not checked twice",
    ),
    "superseded": ("已有更新的版本，不再检查", "a newer version is there, not checked"),
    "unreadable": ("打不开：{path}：{message}", "cannot be read: {path}: {message}"),
    "skipped": ("已跳过：{path}：{message}", "skipped: {path}: {message}"),
    "gone": ("已不在原处：{path}", "no longer there: {path}"),
    "difficulty": ("检查未能完成：{text}", "could not be evaluated: {text}"),
    "first_line": (
        "报告{reports} · 新读{read} · 已读过{known} · 跳过{skipped} · 打不开{unreadable} · "
        "须更正{errors} · 请核对{warnings}",
        "reports {reports} · read {read} · known {known} · skipped {skipped} · unreadable "
        "{unreadable} · to correct {errors} · to check {warnings}",
    ),
    "expected_line": (
        "应交{expected} · 已交{received} · 未交{missing} · 打不开{unreadable} · 须更正{errors}",
        "expected {expected} · received {received} · missing {missing} · unreadable {unreadable} · "
        "to correct {errors}",
    ),
    "missing": ("未交", "missing"),
    "not_due": ("未交，{due}前公布即可", "missing, not due before {due}"),
    "missing_reports": ("未交的报告", "Missing reports"),
    "unlisted": (
        "名单外{n}：{names}（expected.csv中没有，请核对名单）",
        "not on the list {n}: {names} (not in expected.csv, check the list)",
    ),
    "progress": (
        "已更正{put_right}·遗留{remaining}·新增{new}",
        "put right {put_right} · remaining {remaining} · new {new}",
    ),
    "accepted": ("基线已接受{n}", "accepted {n}"),
    "changed_rule": ("规则有变{n}", "of changed rules {n}"),
    "baseline_line": (
        "基线 {path}（gouji {version}）：其中已有的{accepted}处不计入",
        "baseline {path} (gouji {version}): {accepted} findings accepted there do not count",
    ),
    "all_told": ("共", "all"),
    "annotated": ("已标注", "annotated"),
    "listed_here": ("未标注，列于下", "not annotated, listed below"),
    "not_annotated": ("未标注的问题", "Not annotated"),
    "no_room": ("……另有{n}行，见网页", "… {n} more lines, see the site"),
    "whole_summary": ("全部结果", "The whole summary"),
    "changed_rules_line": (
        "规则新增或有变而多出的{n}处单列，不计入；核对后请重新生成基线：",
        "{n} findings of rules new or changed since, apart and not counted; check them and make "
        "a new baseline:",
    ),
    "severity_changes": (
        "设置改变了{n}条规则的级别：{rules}",
        "the configuration changes the severity of {n} rules: {rules}",
    ),
    "severity_change": ("{rule} {was}→{now}", "{rule} {was} → {now}"),
    "configuration": ("设置", "Configuration"),
    "ingested": (
        "报告{reports} · 新读{read} · 已读过{known} · 其他文件{passed_over}",
        "reports {reports} · read {read} · known {known} · passed over {passed_over}",
    ),
    "passed_over": ("其他文件{n}个，未读", "{n} other files passed over"),
    "context": ("数据库中另有{n}份报告，仅供参照", "{n} other reports in the database, as context"),
    "last_line": ("退出码 {code}：{reason}", "exit code {code}: {reason}"),
    "found": ("{reports}份报告 {groups}处{severity}", "{groups} {severity} in {reports} reports"),
    "new_and_remaining": ("（新增{new}，遗留{old}）", " ({new} new, {old} remaining)"),
    "nothing": ("没有须处理的问题", "nothing that counts was found"),
    "no_reports": ("没有找到报告", "no report was found"),
    "also_unreadable": ("另有{n}个文件打不开", "{n} files could not be read"),
    "also_difficult": ("{n}项检查未能完成", "{n} checks could not be evaluated"),
    "not_counted": ("（按 --fail-on 设置不影响退出码）", " (not counted because of --fail-on)"),
    "first_of_all": ("首要：{text}", "first of all: {text}"),
    "see": ("详见 {path}", "see {path}"),
    "site_title": ("政府信息公开工作年度报告勾稽检查", "Do the annual reports tie out?"),
    "reports_and_suites": ("报告与检查", "Reports and suites"),
    "findings": ("问题清单", "Findings"),
    "other_files": ("其他文件", "Other files"),
    "agency": ("机关", "Agency"),
    "year": ("年度", "Year"),
    "file": ("文件", "File"),
    "data_docs": ("各项规则及检查结果（技术附件）", "Rules and results in detail (Data Docs)"),
    "disclaimer": (
        "本结果仅说明报告所印数字之间或与文字不一致，不代表主观故意；“疑似”为算法推断，"
        "请以原件和发布机关答复为准。",
        "These results only say that printed figures disagree with each other or with the text; "
        "they imply no intent. What is marked as suspected is inferred: the original and the "
        "agency's reply decide.",
    ),
    "waived": ("已说明{n}处", "waived {n}"),
    "counted_waived": ("已说明{n}", "waived {n}"),
    "waived_line": (
        "已说明（{reason}，{who}{until}）：{message}",
        "waived ({reason}, {who}{until}): {message}",
    ),
    "waived_until": ("，至{day}", ", until {day}"),
    "added": (
        "{path}第{line}行：{words}。下次gouji check时生效",
        "{path} line {line}: {words}. It counts from the next gouji check on",
    ),
    "reviewed": ("说明与更正", "Waivers and corrections"),
    "reviewed_line": ("{path}第{line}行", "{path} line {line}"),
    "reviewed_cell": ("{line} {cell}：{words}", "{line} {cell}: {words}"),
    "lapsed": ("不起作用：{text}", "without effect: {text}"),
    "a_blank": ("空白", "a blank"),
    "is_in_force": ("有效", "in force"),
    "corrected": (
        "读作{then}，已按原件更正为{right}（{who}）",
        "read as {then}, corrected to {right} ({who})",
    ),
    "is_expired": (
        "已过期，该问题重新计入；确需延长请改until",
        "expired, it counts again; extend until if need be",
    ),
    "is_changed": (
        "当时为{then}，现在为{now}，不再适用；请重新核对",
        "it was {then} and now is {now}, so the line no longer holds; check anew",
    ),
    "is_no_finding": ("没有这个问题，该行可删去", "there is no such finding, the line may go"),
    "is_no_report": (
        "没有该机关该年度的报告，请核对机关、地区、范围和年度",
        "no report of that agency, region, scope and year: check them",
    ),
    "is_ambiguous": (
        "符合的报告不止一份，未采用；请写明地区和范围",
        "it fits several reports and was not applied: state region and scope",
    ),
    "is_unknown_rule": ("没有这条规则", "there is no such rule"),
    "is_unknown_cell": ("表式中没有这个单元格", "no form has such a cell"),
    "is_no_cell": ("该报告所用表式没有这个单元格", "the form of the report has no such cell"),
    "is_no_document": (
        "没有读到这个文件；内容有变的文件须重新核对",
        "no file of these bytes was read; a changed file must be checked anew",
    ),
    "is_replaced": (
        "该文件已被替换，更正不用于新的文件；请核对新文件",
        "the file was replaced, and the new one is not corrected: check it",
    ),
    "is_superseded": ("同一单元格有更新的一行", "a later line speaks of the same cell"),
    "joint": ("；", "; "),
    "comma": ("、", ", "),
    "audit": ("绘制单元格图片", "drawing the cells"),
    "audit_drawn": (
        "已抽{n}格；请填写最后一列，再运行 gouji audit --read 该文件",
        "{n} cells drawn; fill in the last column, then run gouji audit --read FILE",
    ),
    "audit_gone": (
        "其中{n}格的原文件已不在原处或已改变，工作簿中已注明",
        "of {n} of them the file is gone or has changed; the workbook says so",
    ),
    "audit_rate": (
        "判断{judged}格，读错{wrong}格；错误率{rate}（95%区间{low}—{high}，按各层格数加权）",
        "{judged} cells judged, {wrong} misread; error rate {rate} (95 % interval {low} to {high}, "
        "weighted by the strata's cells)",
    ),
    "audit_zero": (
        "  值为0：{judged}格，读错{wrong}格，{rate}（{low}—{high}）",
        "  zeros: {judged} cells, {wrong} misread, {rate} ({low} to {high})",
    ),
    "audit_non_zero": (
        "  值不为0：{judged}格，读错{wrong}格，{rate}（{low}—{high}）",
        "  other figures: {judged} cells, {wrong} misread, {rate} ({low} to {high})",
    ),
    "audit_no_figure": (
        "  空白或“/”：{judged}格，读错{wrong}格，{rate}（{low}—{high}）",
        "  blank or /: {judged} cells, {wrong} misread, {rate} ({low} to {high})",
    ),
    "audit_open": ("未判断{n}格，不计入", "{n} cells not judged, not counted"),
    "audit_unclear": (
        "看不懂的填写（按未判断计），编号：{numbers}",
        "answers not understood (not judged), numbers: {numbers}",
    ),
    "forgotten": ("已移出：{path}", "taken out: {path}"),
    "forgotten_files": (
        "文件未删除；仍在被检查的文件夹内时，下次检查会重新读入",
        "the files are not deleted: where a folder that is checked holds them, they are read again",
    ),
    "other_workbooks": (
        "该文件夹中另有{n}个工作簿不是本次生成的，请自行处理：{names}",
        "{n} other workbooks in this folder were not written now: {names}",
    ),
    "page": ("第{page}页", "page {page}"),
    "pages": ("（第{pages}页）", " (from page {pages})"),
    "table_proactive": ("表二 主动公开政府信息情况", "Table 2: information disclosed proactively"),
    "table_applications": (
        "表三 收到和处理政府信息公开申请情况",
        "Table 3: requests received and handled",
    ),
    "table_disputes": (
        "表四 行政复议、行政诉讼情况",
        "Table 4: administrative reconsideration and litigation",
    ),
    "marks": (
        "{failing} 不勾稽或填报有误  {suspect} 疑似有误，后为建议核对的数  {low} 识别把握不大  "
        "{blank} 留空  — 报告中没有  … 无法确定",
        "{failing} does not tie out or is at fault  {suspect} suspected, the number to check "
        "follows  {low} read with little confidence  {blank} blank  — not there  … cannot be told",
    ),
    "is_waived": ("（已说明）", " (waived)"),
    "suspects": ("疑似有误的格", "cells suspected"),
    "not_localised": (
        "规定时限内未能定位，请逐格核对",
        "not localised within the time limit: check cell by cell",
    ),
    "nothing_localised": (
        "没有一种改法能使该表全部勾稽，请逐格核对",
        "no change makes the table tie out: check cell by cell",
    ),
    "more_sets": ("另有其他改法，此处列出{n}种", "there are others, {n} are listed"),
    "check_suspects": (
        "以上为改动最少即可使该表全部勾稽的改法，由算法推断，请以原件为准。",
        "These are the fewest changes that make the table tie out; inferred, the original decides.",
    ),
}


# The readers word a rejection in Chinese; these are the same in English, by its reason.
REASONS_EN: Mapping[str, str] = {
    "blank_form": "the blank form or the notice that contains it, no report",
    "changed": "changed while it was being read; run again once it is written",
    "conversion_failed": "LibreOffice cannot convert it; save it as .docx with WPS or Word",
    "damaged": "damaged or of unknown structure; save it again in the program it was made with",
    "empty": "empty",
    "encrypted": "protected by a password; save it without",
    "format_not_supported": "a format that is not read; save it as PDF or text",
    "interpretation": "an interpretation of the report, not the report",
    "misnamed": "of a name that is not UTF-8, as old archives unpack; rename it",
    "no_access": "cannot be opened; check that it is there and may be read",
    "no_converter": "an old format that needs LibreOffice; save it as .docx with WPS or Word",
    "no_text_layer": "pictures without text; provide the file it was made from",
    "not_a_file": "no plain file but a pipe, socket or device; provide the report itself",
    "not_a_pdf": "no PDF, whatever its name says; give it the right extension",
    "not_a_report": "neither the title of an annual report nor a statutory table",
    "nothing_printed": "a scan without legible text; is it blank, turned or blurred?",
    "ocr_not_installed": "a scan; reading it needs: pip install 'gouji[ocr]'",
    "out_of_memory": "given up: reading it takes more memory than --memory-limit",
    "part_of_year": "statistics of a part of the year, no annual report",
    "reader_crashed": "reading it crashed; open it in the program it was made with, save it again",
    "timed_out": "given up: reading it takes longer than --time-limit",
    "too_complex": "with more objects on a page than can be read; export the PDF anew",
    "too_deep": "nested too deep; save it as PDF in the program it was made with",
    "too_large": "too large for a report",
    "too_many_pages": "too many pages for a report",
    "undecodable": "of unknown encoding; save it as UTF-8",
    "unknown_glyphs": "with fonts that do not say what their characters are; save it anew",
    "wrong_extension": "another kind of file than its name says; give it the right extension",
}


def refusal(reason: str, message_zh: str, language: Language) -> str:
    """Why a file was rejected, in words."""
    return message_zh if language == "zh" else REASONS_EN.get(reason, message_zh)


def say(key: str, language: Language, **values: object) -> str:
    """The words of ``key`` with ``values`` filled in."""
    zh, en = WORDS[key]
    return (zh if language == "zh" else en).format(**values)
