{#- Findings about relations that do not hold, with their arithmetic in words. -#}
with

failing as (

    select * from {{ ref('judged_relations') }}
    where not holds

),

cells as (

    select * from {{ ref('cell_values') }}

),

-- What localisation makes of the relation; of another cell than its total the advice would mislead.
suspects as (

    select * from {{ ref('int_relation_suspects') }}

),

members as (

    select
        failing.* exclude (page),
        member.side,
        member.is_result,
        member.ordinal,
        member.indicator,
        member.breakdown,
        regexp_replace(member.member_zh, '^[一二三四]、|政府信息公开申请数量|继续办理', '', 'g') as member_zh,
        member.member_en,
        member.subject_zh,
        member.subject_en,
        coalesce(cells.value, 0) as value,
        cells.page,
        cells.row_no,
        cells.x0,
        cells.top,
        cells.x1,
        cells.bottom,
        count(*) over (partition by failing.report_id, failing.rule, failing.subject, member.side) as count_members
    from failing
    inner join {{ ref('int_relation_members') }} as member using (rule, form_table, subject)
    inner join cells using (report_id, form_table, indicator, breakdown)

),

-- A long side names its items other than 0 and says how many more there are.
sides as (

    select
        report_id,
        rule,
        subject,
        side,
        string_agg(member_zh || {{ plain_number('value') }}, '＋' order by ordinal)
        filter (where count_members <= 6 or value <> 0) as terms_zh,
        string_agg(member_en || ' ' || {{ plain_number('value') }}, ' + ' order by ordinal)
        filter (where count_members <= 6 or value <> 0) as terms_en,
        count(*) as count_members,
        count(*) filter (where count_members > 6 and value = 0) as count_zeros
    from members
    group by all

),

-- The finding stands at the result, or where there is none at the first cell of the right side.
places as (

    select *
    from members
    where side = 'right'
    qualify row_number() over (partition by report_id, rule, subject order by is_result desc, ordinal asc) = 1

),

worded as (

    select
        places.*,
        coalesce(lefts.terms_zh, '各项')
        || case when lefts.count_zeros > 0 then '（其余' || lefts.count_zeros || '项为0）' else '' end
            as left_zh,
        coalesce(lefts.terms_en, 'items')
        || case when lefts.count_zeros > 0 then ' (the other ' || lefts.count_zeros || ' are 0)' else '' end as left_en,
        rights.terms_zh as right_zh,
        rights.terms_en as right_en
    from places
    inner join sides as lefts using (report_id, rule, subject)
    inner join sides as rights using (report_id, rule, subject)
    where lefts.side = 'left' and rights.side = 'right'

),

final as (

    select
        report_id,
        cast(null as varchar) as related_report_id,
        rule,
        cast(null as varchar) as severity,
        case when is_low then 'reading' when is_unsure then 'unsure' else 'source' end as origin,
        form_table || '.' || subject as subject,
        case when suspects.count_relations > 1 then suspects.cause end as group_subject,
        form_table,
        indicator,
        breakdown,
        cast(left_value as decimal(38, 8)) as expected,
        cast(right_value as decimal(38, 8)) as actual,
        {{ section_zh('form_table') }}
        || case when is_result then names.name_zh_tail else subject_zh || '列' end as where_zh,
        {{ table_en('form_table') }} || ', ' || subject_en as where_en,
        left_zh || '＝' || {{ plain_number('left_value') }}
        || case
            when is_result then '，表中' || member_zh || '印为' || {{ plain_number('right_value') }}
            else '，' || right_zh || '＝' || {{ plain_number('right_value') }}
        end
        || '，' || case when right_value < left_value then '少' else '多' end || {{ plain_number('abs(difference)') }}
        || case
            when suspects.hint_zh is not null then '。' || suspects.hint_zh
            when is_result and right_value = 0 then '。建议核对后将' || member_zh || '改为' || {{ plain_number('left_value') }}
            else ''
        end as detail_zh,
        left_en || ' = ' || {{ plain_number('left_value') }}
        || case
            when is_result then ', printed total ' || {{ plain_number('right_value') }}
            else ', ' || right_en || ' = ' || {{ plain_number('right_value') }}
        end
        || ', ' || {{ plain_number('abs(difference)') }}
        || case when right_value < left_value then ' too little' else ' too much' end
        || coalesce('. ' || suspects.hint_en, '') as detail_en,
        page,
        row_no,
        x0,
        top,
        x1,
        bottom
    from worded
    inner join (
        select
            form_table,
            indicator,
            breakdown,
            substr(name_zh, 3) as name_zh_tail
        from {{ ref('int_cell_names') }}
    ) as names using (form_table, indicator, breakdown)
    left join suspects using (report_id, rule, form_table, subject)

)

select * from final
