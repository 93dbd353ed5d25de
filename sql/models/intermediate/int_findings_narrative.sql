{#- Findings about sentences that are at odds with the tables, the title or themselves. -#}
with

claims as (

    select * from {{ ref('narrative_claims') }}
    where not agrees

),

words as (

    select
        claims.*,
        -- Among those that fail, so that an id does not hang on what else the report says.
        row_number() over (
            partition by claims.report_id, claims.claim
            order by claims.paragraph, claims.sentence_no, claims.claim_no
        ) as failing_no,
        claim_words.words_zh,
        claim_words.words_en,
        sections.numeral,
        -- As much of the sentence as it takes to see the figure.
        case
            when lead is null or length(sentence) <= 90 then sentence
            else '…' || right(lead, 50) || {{ plain_number('stated_value') }} || left(tail, 25) || '…'
        end as quoted,
        case claims.rule when 'narrative.sums_in_prose' then '各分项之和为' when 'narrative.year' then '标题为' else '表中为' end
            as against_zh,
        case claims.rule
            when 'narrative.sums_in_prose' then 'the parts add up to '
            when 'narrative.year' then 'the title has '
            else 'the table has '
        end as against_en,
        coalesce({{ plain_number('stated_value') }}, stated_name) as stated,
        coalesce({{ plain_number('table_value') }}, known_name) as found,
        case
            when claims.rule = 'narrative.year' then ''
            else
                case when stated_value < table_value then '，少' else '，多' end
                || {{ plain_number('abs(stated_value - table_value)') }}
        end as difference_zh
    from claims
    inner join {{ ref('narrative_words') }} as claim_words using (claim)
    left join {{ ref('sections') }} as sections using (section_no)

),

final as (

    select
        report_id,
        cast(null as varchar) as related_report_id,
        rule,
        cast(null as varchar) as severity,
        origin,
        claim || case when failing_no > 1 then '.' || failing_no else '' end as subject,
        cast(null as varchar) as group_subject,
        form_table,
        indicator,
        breakdown,
        cast(table_value as decimal(38, 8)) as expected,
        cast(stated_value as decimal(38, 8)) as actual,
        '正文' || coalesce('第' || numeral || '部分', '') as where_zh,
        'text' || coalesce(', section ' || section_no, '') as where_en,
        '原文：“' || rtrim(quoted, '。') || '”，' || words_zh || stated || '，' || against_zh || found || difference_zh
            as detail_zh,
        'the text says “' || rtrim(quoted, '。') || '”: ' || words_en || ' ' || stated || ', ' || against_en || found
            as detail_en,
        page,
        cast(null as integer) as row_no,
        cast(null as float) as x0,
        cast(null as float) as top,
        cast(null as float) as x1,
        cast(null as float) as bottom,
        sentence
    from words

)

select * from final
