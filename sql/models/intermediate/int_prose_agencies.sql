{#- The agency that the prose names as the report's, beside that of the title. -#}
with

sentences as (

    select
        sentences.*,
        reports.agency
    from {{ ref('stg_sentences') }} as sentences
    inner join {{ ref('reports') }} as reports on sentences.document_id = reports.report_id
    where
        reports.is_current
        and reports.is_modelled
        and coalesce(sentences.section_no, 0) <= 1
        and not {{ is_report_title('sentences.printed') }}

),

-- A sentence may match several patterns.
matched as (

    select
        *,
        unnest({{ matching_patterns('agency', 'sentence', '%s') }}) as found
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
