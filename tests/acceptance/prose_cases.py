"""Sentences and the figures beside them: honest ones, false friends, contradictions.

Published errors that the rules do not reach, because nothing in the report says that the figures
belong together: parts after 其中 that are less than the whole, a figure that is the cell of
natural persons, percentages and growth,
"all were answered" beside a case carried over, counts of two paragraphs, network
statistics.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Case:
    """A paragraph of section 一, cells of natural persons and of table 四, the claims found false.

    ``judged`` is how many statements of requests, outcomes, disputes and sums are compared.
    """

    text: str
    persons: Mapping[str, int] = field(default_factory=dict)
    businesses: Mapping[str, int] = field(default_factory=dict)
    disputes: Mapping[tuple[str, str], int] = field(default_factory=dict)
    agency: str = ""
    year: int = 2023
    false: tuple[str, ...] = ()
    judged: int | None = None


RECONSIDERATION = "reconsideration"
DIRECT = "litigation_direct"
AFTER = "litigation_after_reconsideration"
OFFICE = "青禾市示例{}区人民政府办公室"
DISTRICT = "青禾市示例{}区人民政府"

# Published figures that reconcile, some of them regrouped, in sentences of our own.
HONEST = {
    "received_closed_carried_in": Case(
        "依申请公开。本机关2023年受理申请1 295件，办结1191件（含上年结转189件）。",
        {"granted": 1191, "carried_in": 189, "carried_out": 293},
        judged=3,
    ),
    "outcomes_in_full": Case(
        "依申请公开办理结果为：予以公开和部分公开208件，不予公开20件，无法提供564件，不予处理80件，其他处理319件。",
        {
            "granted": 206,
            "partly_granted": 2,
            "denied_deliberative": 12,
            "denied_admin_query": 8,
            "unavailable_not_held": 564,
            "rejected_petition": 80,
            "other_misc": 319,
        },
        judged=5,
    ),
    "new_and_carried_in_in_one": Case(
        "依申请公开方面，本年度收办政府信息公开申请3607件，自然人申请3493件，法人或其他组织114件。",
        {"granted": 3493, "carried_in": 91},
        {"granted": 114, "carried_in": 5},
        judged=3,
    ),
    "outcomes_after_其中": Case(
        "依申请公开共办结3646件，其中予以公开1431件，部分公开471件，不予公开92件，无法提供941件，不予处理469件，其他处理242件。",
        {
            "granted": 1431,
            "partly_granted": 471,
            "denied_third_party": 92,
            "unavailable_not_held": 941,
            "rejected_duplicate": 469,
            "other_misc": 242,
            "carried_in": 121,
        },
        judged=8,
    ),
    "postponed": Case(
        "依申请公开。全年受理申请859件，答复805件（含上年度结转18件），另有72件顺延至下一年度答复。",
        {"granted": 805, "carried_in": 18, "carried_out": 72},
        judged=4,
    ),
    "chinese_numerals": Case(
        "（二）依申请公开。2023 年收到政府信息公开申请三十四件，上年度结转两件，结转下年度一件。",
        {"granted": 9, "unavailable_not_held": 26, "carried_in": 2, "carried_out": 1},
        judged=3,
    ),
    "full_width_and_other_units": Case(
        "依申请公开。街道收到公民、法人和其他组织提出的信息公开申请共８份。",
        {"granted": 8},
        judged=1,
    ),
    "none_received": Case("依申请公开。本年度没有收到任何政府信息公开申请。", judged=1),
    "none_received_but_carried_in": Case(
        "依申请公开。本年度未收到政府信息公开申请。", {"granted": 2, "carried_in": 2}, judged=1
    ),
    "nothing_to_handle": Case("（二）依申请公开。2023 年度，无依申请办理事项。", judged=1),
    "none_asked_for": Case(
        "依申请公开。2023年，我局未接收到依申请公开事项，没有发生涉及政府信息公开的行政复议和行政诉讼。",
        judged=2,
    ),
    "zero_received": Case("（二）依申请公开。全年收到政府信息公开申请0件，办理0件。", judged=1),
    "disputes": Case(
        "因政府信息公开引发行政复议2件、行政诉讼3件。",
        disputes={("upheld", RECONSIDERATION): 2, ("upheld", DIRECT): 1, ("other", AFTER): 2},
        judged=2,
    ),
    "disputes_without_pending": Case(
        "因政府信息公开引起的行政复议134件，行政诉讼57件。",
        disputes={
            ("upheld", RECONSIDERATION): 134,
            ("pending", RECONSIDERATION): 36,
            ("upheld", DIRECT): 57,
            ("pending", DIRECT): 7,
            ("pending", AFTER): 13,
        },
        judged=2,
    ),
    "whole_and_two_parts": Case(
        "2023年共公开信息 907 条，其中网站发布 41 条，公众号发布 866 条。", judged=1
    ),
    "parts_in_brackets": Case("共发布信息197条（其中公告34条，动态97条，其他66条）。", judged=1),
    "line_wrapped_inside_a_sentence": Case(
        "依申请公开工作由办公室统一登记并分送各承办科室办理，办公室负责跟踪进度，\n本年度共收到政府信息公开申请31件。",
        {"granted": 31},
    ),
}

# Each looks like a contradiction and is none.
FALSE_FRIENDS = {
    "a_cell_of_natural_persons": Case(
        "依申请公开。予以公开和部分公开258件。",
        {"granted": 240, "partly_granted": 18},
        {"granted": 17},
    ),
    "own_office_in_a_report_of_the_whole": Case(
        "依申请公开。2023年，区政府办代表区政府受理政府信息公开申请17件，均已答复，全区工作平稳。",
        {"granted": 95},
        agency=DISTRICT,
    ),
    "whole_city_in_a_report_of_the_office": Case(
        "依申请公开。全区各单位共收到政府信息公开申请95件。", {"granted": 17}, agency=OFFICE
    ),
    "office_that_speaks_for_the_government": Case(
        "依申请公开。本办代表区政府共受理政府信息公开申请95件。", {"granted": 17}, agency=OFFICE
    ),
    "subordinate_units": Case("依申请公开。局属单位收到政府信息公开申请6件。", {"granted": 17}),
    "another_office": Case("依申请公开。市示例财政局收到政府信息公开申请6件。", {"granted": 17}),
    "a_street_office": Case("依申请公开。城东街道办事处未收到政府信息公开申请。", {"granted": 17}),
    "withdrawn_after_其中": Case(
        "依申请公开。受理政府信息公开申请19件，其中11件按规定办结，8件由申请人撤销。",
        {"granted": 11, "other_misc": 8},
    ),
    "single_row_of_a_group": Case(
        "依申请公开。无法提供265件。", {"unavailable_not_held": 265, "unavailable_unclear": 72}
    ),
    "natural_persons_alone": Case("依申请公开。予以公开18件。", {"granted": 18}, {"granted": 3}),
    "disclosed_not_received": Case("（二）依申请公开2条，均已上网。", {"granted": 17}),
    "cases_of_a_reviewing_body": Case(
        "全年办理政府信息公开类行政复议案件134件，审理政府信息公开行政诉讼案件57件。"
    ),
    "all_upheld": Case(
        "因政府信息公开引起的行政复议7件、行政诉讼9件，均获维持。",
        disputes={
            ("upheld", RECONSIDERATION): 7,
            ("pending", RECONSIDERATION): 2,
            ("upheld", DIRECT): 9,
            ("pending", AFTER): 1,
        },
    ),
    "regulations_and_documents": Case(
        "公开规章13件（含新制定5件，修改4件，废止4件），规范性文件42件，其他文件113件。"
    ),
    "categories_of_an_old_form": Case(
        "依申请公开答复中，信息不存在9件，不属于本机关5件，告知其他途径3件。", {"granted": 17}
    ),
    "partial_list": Case("主动公开信息16887条，其中网站9000条，公众号7481条。"),
    "list_that_ends_in_等": Case("公开信息59条，其中动态48条，法规2条，其他10条等。"),
    "several_channels": Case("公开信息100条，其中网站发布80条，公众号发布60条。"),
    "approximate_numbers": Case(
        "依申请公开。全年收到政府信息公开申请140余件，办结政府信息公开申请近140件，公开信息18万余条。",
        {"granted": 3},
    ),
    "about": Case("依申请公开。收到政府信息公开申请约20件，答复申请10件以上。", {"granted": 3}),
    "last_year": Case(
        "依申请公开。上年收到政府信息公开申请31件，2022年收到政府信息公开申请29件。",
        {"granted": 22},
    ),
    "compared_with_last_year": Case(
        "依申请公开。收到政府信息公开申请22件，比2022年收到申请31件下降29%。", {"granted": 22}
    ),
    "part_of_the_year": Case(
        "依申请公开工作严格执行登记、审核、办理、答复、归档制度，安排专人负责跟踪督办，确保事事有回音、件件有着落，上半年收到政府信息公开申请5件，截至10月底收到政府信息公开申请9件。",
        {"granted": 22},
    ),
    "over_the_years": Case("依申请公开。历年累计受理政府信息公开申请400件。", {"granted": 22}),
    "budget_years": Case("按时公开2022年度部门决算、2024年度预算。"),
    "percentages": Case(
        "依申请公开。按期答复率100%，予以公开占4.34%，不予公开占33.9%。", {"granted": 3}
    ),
    "fees": Case(
        "本年度未收取信息处理费。发出收费通知3件，收费2230元，其中申请费420元。", {"granted": 3}
    ),
    "network_statistics": Case(
        "依申请公开平台访问量13000次，粉丝2808人，咨询372人次，受理咨询3件。", {"granted": 3}
    ),
    "numbers_of_laws_and_telephones": Case(
        "按照条例（国令第711号）第二十条和国办函〔2020〕109号办理申请，电话0517-87290606，邮编223100。",
        {"granted": 3},
    ),
    "petitions_and_proposals": Case(
        "政府信息公开之外，办结人大建议和政协提案35件，答复信箱留言60件，受理行政许可申请90件，收到行政复议申请4件。",
        {"granted": 3},
    ),
    "one_channel": Case(
        "依申请公开。通过网上渠道收到政府信息公开申请5件，信函收到申请2件。", {"granted": 12}
    ),
    "late_answers": Case("依申请公开。延期答复申请4件，按时答复申请2件。", {"granted": 12}),
    "none_of_organisations": Case(
        "依申请公开。未收到法人或者其他组织的政府信息公开申请。", {"granted": 12}
    ),
    "none_last_year": Case("依申请公开。上年未收到政府信息公开申请。", {"granted": 12}),
    "no_others": Case("依申请公开。除上述12件外，未收到其他政府信息公开申请。", {"granted": 12}),
    "lawsuits_not_lost": Case(
        "没有发生因政府信息公开引起的行政诉讼败诉情况。", disputes={("upheld", DIRECT): 3}
    ),
    "together": Case("依申请公开。受理申请一起登记、一起办理。", {"granted": 12}),
    "two_numbers_side_by_side": Case("依申请公开。收到政府信息公开申请1 2件。", {"granted": 5}),
    "next_year_s_plan": Case("依申请公开。2024年预计收到政府信息公开申请40件。", {"granted": 12}),
    "a_part_of_what_was_said": Case(
        "依申请公开。收到政府信息公开申请12件。承办科室收到政府信息公开申请7件。", {"granted": 12}
    ),
    "tenths_of_a_million": Case("公开信息173769万条，其中网站75656条，新媒体98113条。"),
}

# A published error that the rules reach, 372 = 331 + 61, and contradictions of each rule.
FALSE = {
    "consultations_add_up_to_more": Case(
        "本年度受理咨询372人次，其中现场咨询331人次，电话咨询61人次。", false=("sum",)
    ),
    "parts_named_in_full": Case("共办理事项12件，分别为公告5件、答复6件。", false=("sum",)),
    "granted_wholly_or_partly_otherwise": Case(
        "依申请公开。予以公开和部分公开258件。",
        {"granted": 240, "partly_granted": 20},
        {"granted": 15},
        false=("granted_or_partly",),
    ),
    "received_too_many": Case(
        "依申请公开。本年度共收到政府信息公开申请 53 件。",
        {"granted": 35},
        false=("requests_received",),
    ),
    "received_in_chinese_numerals": Case(
        "依申请公开。我局收到政府信息公开申请十二件。",
        {"granted": 21},
        false=("requests_received",),
    ),
    "number_before_its_noun": Case(
        "依申请公开。全年收到9件政府信息公开申请。", {"granted": 6}, false=("requests_received",)
    ),
    "carried_in_otherwise": Case(
        "依申请公开。办结政府信息公开申请9件，含上年结转4件。",
        {"granted": 9, "carried_in": 3},
        false=("carried_in",),
    ),
    "carried_out_otherwise": Case(
        "依申请公开。收到政府信息公开申请9件，结转下年度办理2件。",
        {"granted": 8, "carried_out": 1},
        false=("carried_out",),
    ),
    "closed_otherwise": Case(
        "依申请公开。收到政府信息公开申请9件，办结申请7件。",
        {"granted": 8, "carried_out": 1},
        false=("requests_closed",),
    ),
    "outcomes_otherwise": Case(
        "依申请公开办理结果：予以公开5件，部分公开4件，不予公开2件，无法提供1件，不予处理3件，其他处理7件。",
        {
            "granted": 6,
            "partly_granted": 3,
            "denied_deliberative": 1,
            "unavailable_not_held": 2,
            "rejected_petition": 4,
            "other_misc": 5,
        },
        false=("granted", "partly_granted", "denied", "unavailable", "rejected", "other_handling"),
    ),
    "received_none_and_there_are_some": Case(
        "依申请公开。2023年，我局未收到政府信息公开申请。", {"granted": 3}, false=("none_received",)
    ),
    "disputes_otherwise": Case(
        "因政府信息公开引发行政复议3件，行政诉讼2件。",
        disputes={("upheld", RECONSIDERATION): 2, ("upheld", DIRECT): 1},
        false=("litigation", "reconsideration"),
    ),
    "no_disputes_and_there_are_some": Case(
        "本年度未发生因政府信息公开引起的行政复议、行政诉讼。",
        disputes={("corrected", RECONSIDERATION): 1},
        false=("disputes",),
    ),
    "figure_torn_by_a_line": Case(
        "依申请公开工作由办公室统一登记并分送各承办科室办理，本年度共收到政府信息\n公开申请35件。",
        {"granted": 30},
        false=("requests_received",),
    ),
    "period_of_another_year": Case(
        "本报告所列数据的统计期限为2022年1月1日至2022年12月31日。", false=("period",)
    ),
    "opening_of_another_year": Case(
        "2022年，我局认真做好政府信息公开工作，成效明显。", false=("opening",)
    ),
    "period_that_ends_in_another_year": Case(
        "本报告所列数据的统计期限为2023年1月1日至2022年12月31日。", false=("period_end",)
    ),
    "zero_of_an_outcome": Case(
        "依申请公开。不予公开0件。", {"denied_deliberative": 2}, false=("denied",)
    ),
    "title_of_another_bureau": Case(
        "现发布松岭县水务局2023年政府信息公开工作年度报告。", false=("title",)
    ),
    "author_of_another_bureau": Case("本报告由松岭县水务局编制。", false=("author",)),
}
