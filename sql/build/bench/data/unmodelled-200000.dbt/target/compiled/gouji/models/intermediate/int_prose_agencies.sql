with

sentences as (

    select
        sentences.*,
        reports.agency
    from "unmodelled-200000"."staging"."stg_sentences" as sentences
    inner join "unmodelled-200000"."marts"."reports" as reports on sentences.document_id = reports.report_id
    where
        reports.is_current
        and reports.is_modelled
        and coalesce(sentences.section_no, 0) <= 1
        and not (
    length(sentences.printed) between 6 and 60
    and regexp_matches(
        sentences.printed, '(?:信息公开|政务公开)(?:工作)?(?:年度)?(?:工作)?(?:年度)?(?:报告|年报)[)）》]?(?:[(（][^()（）]*[)）])?$'
    )
    and not regexp_matches(sentences.printed, '^(?:关于|按照|根据|现将|《|附件|点击|下载)')
)

),

-- A sentence may match several patterns.
matched as (

    select
        *,
        unnest(list_filter([
    case
        when
            regexp_matches(sentence, '([^，。；：、“”"（）()《》〈〉]{4,40}?(?:局|委员会|办公室|人民政府|厅|办事处|管委会|管理委员会))(?:关于)?20[0-9]{2}年度?(?:政府|政务)信息公开(?:工作)?(?:年度)?(?:工作)?(?:年度)?报告')
            then {
                'ordinal': 55, 'claim': 'title', 'rule': 'narrative.year',
                'said': regexp_extract(sentence, '([^，。；：、“”"（）()《》〈〉]{4,40}?(?:局|委员会|办公室|人民政府|厅|办事处|管委会|管理委员会))(?:关于)?20[0-9]{2}年度?(?:政府|政务)信息公开(?:工作)?(?:年度)?(?:工作)?(?:年度)?报告', 1)

            }
    end,
    case
        when
            regexp_matches(sentence, '本(?:年度)?报告由([^，。；：、“”"（）()《》]{4,40}?(?:局|委员会|办公室|人民政府|厅|办事处|管委会|管理委员会))(?:根据|按照|依据|依照|编制|编写|负责)')
            then {
                'ordinal': 56, 'claim': 'author', 'rule': 'narrative.year',
                'said': regexp_extract(sentence, '本(?:年度)?报告由([^，。；：、“”"（）()《》]{4,40}?(?:局|委员会|办公室|人民政府|厅|办事处|管委会|管理委员会))(?:根据|按照|依据|依照|编制|编写|负责)', 1)

            }
    end
], lambda found: found is not null)) as found
    from sentences

),

stated as (

    select
        document_id as report_id,
        paragraph,
        sentence_no,
        page,
        section_no,
        printed,
        found['claim'] as claim,
        found['rule'] as rule,
        agency,
        regexp_replace(
            found['said'],
            '^.*?(?:现将|现向社会公布|现予公布|公布|发布|公开|编制|形成|撰写|要求|规定|精神)', ''
        ) as stated_agency
    from matched

),

-- Short names keep the order of the characters: 县工信局 is 扶沟县工业和信息化局.
compared as (

    select
        *,
        contains(stated_agency, agency)
        or contains(agency, stated_agency)
        or regexp_matches(agency, array_to_string(string_split(right(stated_agency, 4), ''), '.*'))
        or regexp_matches(stated_agency, array_to_string(string_split(right(agency, 4), ''), '.*'))
            as is_same_office,
        regexp_matches(agency || stated_agency, '政府|办公室|管委会|管理委员会') as is_of_government,
        len(list_intersect(
            list_filter(string_split(right(stated_agency, 8), ''), lambda c: not contains('省市县区州旗镇乡局委员会办公厅管理和与', c)),
            list_filter(string_split(right(agency, 8), ''), lambda one: not contains('省市县区州旗镇乡局委员会办公厅管理和与', one))
        )) as count_shared
    from stated

),

-- Only another name altogether is one too many: renamed bureaus share a word, a government speaks through its office.
final as (

    select
        * exclude (is_same_office, is_of_government, count_shared),
        case
            when is_same_office then true
            when not is_of_government and count_shared <= 1 then false
        end as agrees
    from compared
    where stated_agency <> ''

)

select * from final