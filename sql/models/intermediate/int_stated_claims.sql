{#- What the prose says of requests and disputes, and what keeps a statement from being compared. -#}
with

patterns as (

    select * from {{ ref('stg_narrative_patterns') }}

),

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

found as (

    select
        numbers.* exclude (unit, sentence),
        patterns.ordinal,
        patterns.claim,
        patterns.rule,
        patterns.unless,
        patterns.context,
        numbers.lead || '<N>' || numbers.tail as around
    from numbers
    inner join patterns
        on patterns.kind = 'number' and regexp_matches(numbers.lead || '<N>' || numbers.tail, patterns.pattern)
    union all by name
    select
        sentences.document_id as report_id,
        sentences.paragraph,
        sentences.sentence_no,
        0 as number_no,
        sentences.page,
        sentences.section_no,
        sentences.printed,
        sentences.said_before,
        sentences.whole_paragraph,
        0 as value,
        regexp_extract(sentences.sentence, '^(.*?)(?:' || patterns.pattern || ')', 1) as lead,
        '' as tail,
        patterns.ordinal,
        patterns.claim,
        patterns.rule,
        patterns.unless,
        patterns.context,
        sentences.sentence as around
    from sentences
    inner join patterns on patterns.kind = 'none' and regexp_matches(sentences.sentence, patterns.pattern)

),

-- A figure is one claim, the first of the seed that it matches; section 五 speaks of shortcomings and plans.
claims as (

    select *
    from found
    where
        (unless = '' or not regexp_matches(around, unless))
        and (context = '' or regexp_matches(whole_paragraph, context))
        and section_no is distinct from 5
    qualify row_number() over (
        partition by report_id, paragraph, sentence_no, number_no, if(number_no = 0, claim, '')
        order by ordinal
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
                regexp_matches(agency, array_to_string(string_split(office[-4:], ''), '.*')), false
            )
        ) as other_offices
    from looked_at

),

gated as (

    select
        offices.*,
        min(gates.ordinal) as gate_no,
        arg_min(gates.claim, gates.ordinal) as gate
    from offices
    left join patterns as gates
        on
            gates.kind = 'gate'
            and case gates.looks_at
                when 'lead' then regexp_matches(offices.gate_lead, gates.pattern)
                when 'tail' then regexp_matches(offices.tail, gates.pattern)
                when 'whole' then offices.scope <> 'whole' and regexp_matches(offices.gate_paragraph, gates.pattern)
                when 'own' then offices.scope <> 'own' and regexp_matches(offices.gate_paragraph, gates.pattern)
            end
    group by all

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
