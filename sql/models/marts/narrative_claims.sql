with

stated as (

    select * from {{ ref('int_stated_claims') }}

),

readings as (

    select * from {{ ref('int_narrative_values') }}

),

reports as (

    select
        reports.*,
        documents.format = 'scan' as is_scan
    from {{ ref('reports') }} as reports
    inner join {{ source('raw', 'documents') }} as documents on reports.report_id = documents.document_id

),

compared as (

    select
        stated.report_id,
        stated.paragraph,
        stated.sentence_no,
        stated.number_no,
        stated.claim,
        bool_or(readings.table_value = stated.stated_value) as is_met,
        bool_or(readings.table_value is null) as is_open,
        max(readings.table_value) filter (where readings.is_named and readings.is_printed) as named_value,
        max(readings.form_table) as form_table,
        max(readings.indicator) filter (where readings.is_named) as indicator,
        max(readings.breakdown) filter (where readings.is_named) as breakdown,
        coalesce(bool_or(readings.is_low) filter (where readings.is_named), false) as is_low,
        coalesce(bool_or(readings.is_unsure) filter (where readings.is_named), false) as is_unsure
    from stated
    -- A 0 in one column or row says nothing of the others.
    left join readings
        on
            stated.report_id = readings.report_id
            and stated.claim = readings.claim
            and (stated.stated_value <> 0 or readings.is_whole)
    group by all

),

-- A list after 其中 is a whole one where its outcomes add up to a figure of the same sentence.
outcomes as (

    select
        report_id,
        paragraph,
        sentence_no,
        sum(stated_value) filter (
            where claim in (
                'granted', 'partly_granted', 'granted_or_partly', 'denied', 'unavailable', 'rejected', 'other_handling'
            )
        ) as sum_outcomes,
        list(stated_value) filter (
            where claim in ('requests_received', 'requests_handled', 'requests_closed')
        ) as wholes
    from stated
    group by all

),

judged as (

    select
        stated.*,
        compared.* exclude (report_id, paragraph, sentence_no, number_no, claim),
        case
            when
                stated.gate = 'partial'
                and stated.rule = 'narrative.outcomes'
                and list_contains(outcomes.wholes, outcomes.sum_outcomes)
                then null
            else stated.gate
        end as why_not
    from stated
    inner join compared using (report_id, paragraph, sentence_no, number_no, claim)
    inner join outcomes using (report_id, paragraph, sentence_no)

),

-- A figure below another that agrees may be a part of it, without saying so.
settled as (

    select
        *,
        case
            when why_not is not null then why_not
            when is_met then null
            when named_value is null or is_open then 'no_figure'
            when
                stated_value < max(stated_value) filter (where is_met and why_not is null)
                    over (partition by report_id, claim)
                then 'stated_otherwise'
        end as not_compared
    from judged

),

unioned as (

    select
        report_id,
        rule,
        claim,
        stated_value,
        case when not_compared is null and is_met then stated_value else named_value end as table_value,
        case when not_compared is null then coalesce(is_met, false) end as agrees,
        not_compared,
        named_value as cell_value,
        form_table,
        indicator,
        breakdown,
        printed as sentence,
        lead,
        tail,
        page,
        paragraph,
        sentence_no,
        number_no,
        section_no,
        is_low,
        is_unsure
    from settled
    union all by name
    select
        report_id,
        'narrative.sums_in_prose' as rule,
        'sum' as claim,
        stated_value,
        table_value,
        agrees,
        case when agrees is null then 'partial' end as not_compared,
        printed as sentence,
        lead,
        tail,
        page,
        paragraph,
        sentence_no,
        number_no,
        section_no
    from {{ ref('int_prose_sums') }}
    union all by name
    select
        report_id,
        rule,
        claim,
        stated_value,
        table_value,
        agrees,
        case when agrees is null then 'period' end as not_compared,
        printed as sentence,
        page,
        paragraph,
        sentence_no,
        0 as number_no,
        section_no
    from {{ ref('int_prose_years') }}
    union all by name
    select
        report_id,
        rule,
        claim,
        stated_agency as stated_name,
        case when agrees then stated_agency else agency end as known_name,
        agrees,
        case when agrees is null then 'scope' end as not_compared,
        printed as sentence,
        page,
        paragraph,
        sentence_no,
        0 as number_no,
        section_no
    from {{ ref('int_prose_agencies') }}

),

final as (

    select
        unioned.report_id,
        reports.agency,
        reports.report_year,
        unioned.rule,
        unioned.claim,
        row_number() over (
            partition by unioned.report_id, unioned.rule, unioned.claim
            order by unioned.paragraph, unioned.sentence_no, unioned.number_no
        ) as claim_no,
        unioned.stated_value,
        unioned.table_value,
        unioned.stated_name,
        unioned.known_name,
        unioned.agrees,
        unioned.not_compared,
        unioned.cell_value,
        unioned.form_table,
        unioned.indicator,
        unioned.breakdown,
        unioned.sentence,
        unioned.lead,
        unioned.tail,
        unioned.page,
        unioned.paragraph,
        unioned.sentence_no,
        unioned.section_no,
        case
            when reports.is_scan or coalesce(unioned.is_low, false) then 'reading'
            when coalesce(unioned.is_unsure, false) then 'unsure'
            else 'source'
        end as origin
    from unioned
    inner join reports using (report_id)

)

select * from final
