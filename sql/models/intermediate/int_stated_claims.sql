{#- What the prose says of requests and disputes, and what keeps a statement from being compared. -#}
with

numbers as (

    select * from {{ ref('int_prose_numbers') }}
    where unit in ('件', '份', '宗', '起', '条') and contains(whole_paragraph, '公开')

),

sentences as (

    select sentences.*
    from {{ ref('stg_sentences') }} as sentences
    inner join {{ ref('reports') }} as reports on sentences.document_id = reports.report_id
    where reports.is_current and reports.is_modelled and regexp_matches(sentences.sentence, '未|没|无')

),

reports as (

    select * from {{ ref('reports') }}

),

-- A figure or a sentence may match several patterns.
found as (

    select
        * exclude (unit, sentence),
        unnest({{ matching_patterns('number', "lead || '<N>' || tail") }}) as pattern
    from numbers
    union all by name
    select
        document_id as report_id,
        paragraph,
        sentence_no,
        0 as number_no,
        page,
        section_no,
        printed,
        said_before,
        whole_paragraph,
        0 as value,
        '' as tail,
        unnest({{ matching_patterns('none', 'sentence', '^(.*?)(?:%s)') }}) as pattern
    from sentences

),

-- A figure is one claim, the first of the seed that it matches; section 五 speaks of shortcomings and plans.
claims as (

    select
        * exclude (lead, pattern),
        pattern['claim'] as claim,
        pattern['rule'] as rule,
        coalesce(lead, pattern['said']) as lead
    from found
    where section_no is distinct from 5
    qualify row_number() over (
        partition by report_id, paragraph, sentence_no, number_no, if(number_no = 0, pattern['claim'], '')
        order by pattern['ordinal']
    ) = 1

),

looked_at as (

    select
        claims.*,
        reports.report_year,
        reports.agency,
        reports.scope,
        {{ gate_text('claims.lead') }} as gate_lead,
        {{ gate_text('claims.said_before || claims.lead') }} as gate_paragraph
    from claims
    inner join reports using (report_id)

),

-- An office named before the figure that is not the report's own; short names (县工信局) are its own.
offices as (

    select
        *,
        list_filter(
            regexp_extract_all(
                regexp_replace(
                    replace(gate_lead, coalesce(agency, '?'), ''),
                    '(?:我|本|全)(?:局|厅|委|街道|中心|镇|乡)|[^府委]办公室|^办公室', '', 'g'
                ),
                '[^，。；、：（）“”《》0-9]{1,16}?(?:局|厅|委员会|办公室|办事处|街道|管委会|中心|大队|支队|公司)'
            ),
            lambda office: not coalesce(
                regexp_matches(agency, array_to_string(string_split(right(office, 4), ''), '.*')), false
            )
        ) as other_offices
    from looked_at

),

gated as (

    select
        *,
        {{ first_gate() }} as gate
    from offices

),

final as (

    select
        report_id,
        paragraph,
        sentence_no,
        number_no,
        page,
        section_no,
        printed,
        lead,
        tail,
        claim,
        rule,
        value as stated_value,
        case
            when
                len(list_filter(
                    regexp_extract_all(lead, '(20[0-9]{2})年', 1),
                    lambda year: cast(year as integer) is distinct from report_year
                )) > 0
                then 'period'
            when gate is not null then gate
            when len(other_offices) > 0 then 'scope'
        end as gate
    from gated

)

select * from final
