with

findings as (

    select
        findings.*,
        row_number() over (
            partition by findings.group_id
            order by findings.page, findings.row_no, indicators.ordinal, findings.subject
        ) as item_no
    from {{ ref('findings') }} as findings
    left join {{ ref('indicators') }} as indicators using (form_table, indicator, breakdown)

),

rules as (

    select * from {{ ref('rules') }}

),

-- What relations that fail for one cause have in common.
causes as (

    select
        findings.group_id,
        min(suspects.hint_zh) as hint_zh,
        min(suspects.hint_en) as hint_en,
        bool_and(suspects.is_certain) as is_certain
    from findings
    inner join {{ ref('int_relation_suspects') }} as suspects
        on
            findings.report_id = suspects.report_id
            and findings.rule = suspects.rule
            and findings.subject = suspects.form_table || '.' || suspects.subject
    group by findings.group_id

),

grouped as (

    select
        group_id,
        report_id,
        agency,
        report_year,
        suite,
        min(rule) filter (where item_no = 1) as rule,
        severity,
        max(origin) filter (where item_no = 1) as origin,
        any_value(form_table) as form_table,
        count(*) as count_findings,
        min(page) as page,
        waived,
        waived_reason,
        waived_by,
        waived_until,
        bool_and(expected = 0 and actual is null) as is_forced_zero,
        string_agg(where_zh, '；' order by item_no) filter (where item_no <= 4)
        || case when count(*) > 4 then '等' else '' end as items_zh,
        string_agg(where_en, '; ' order by item_no) filter (where item_no <= 4)
        || case when count(*) > 4 then ' and more' else '' end as items_en,
        string_agg(
            where_zh || '（' || {{ plain_number('expected') }} || '≠' || {{ plain_number('actual') }} || '）', '；'
            order by item_no
        ) filter (where item_no <= 4) as sides_zh,
        string_agg(
            where_en || ' (' || {{ plain_number('expected') }} || ' ≠ ' || {{ plain_number('actual') }} || ')', '; '
            order by item_no
        ) filter (where item_no <= 4) as sides_en,
        min(message_zh) filter (where item_no = 1) as first_zh,
        min(message_en) filter (where item_no = 1) as first_en
    from findings
    group by all

),

worded as (

    select
        grouped.*,
        rules.advice_zh,
        rules.advice_en,
        case
            when causes.group_id is not null
                then
                    case when causes.is_certain then '' else '可能是' end
                    || '同一处错误，涉及' || grouped.count_findings || '条勾稽关系：' || grouped.sides_zh
                    || case when grouped.count_findings > 4 then '等' else '' end || '。' || causes.hint_zh
            when grouped.is_forced_zero
                then {{ table_zh('grouped.form_table') }} || '有' || grouped.count_findings || '格留空，按勾稽关系应为0，请补填0'
            else
                replace(replace(
                    replace(
                        rules.group_zh, '{table}', {{ table_zh('grouped.form_table') }}
                    ), '{count}', cast(grouped.count_findings as varchar)
                ), '{items}', grouped.items_zh) || '。' || rules.advice_zh
        end as group_zh,
        case
            when causes.group_id is not null
                then
                    case when causes.is_certain then '' else 'perhaps ' end
                    || 'one mistake, ' || grouped.count_findings || ' relations: ' || grouped.sides_en
                    || case when grouped.count_findings > 4 then ' and more' else '' end || '. ' || causes.hint_en
            when grouped.is_forced_zero
                then
                    {{ table_en('grouped.form_table') }}
                    || ': '
                    || grouped.count_findings
                    || ' cells are blank that the relations make 0; fill in 0'
            else
                replace(replace(
                    replace(
                        rules.group_en, '{table}', {{ table_en('grouped.form_table') }}
                    ), '{count}', cast(grouped.count_findings as varchar)
                ), '{items}', grouped.items_en) || '. ' || upper(left(rules.advice_en, 1)) || substr(rules.advice_en, 2)
        end as group_en
    from grouped
    inner join rules using (rule)
    left join causes using (group_id)

),

final as (

    select
        group_id,
        report_id,
        agency,
        report_year,
        suite,
        rule,
        severity,
        origin,
        form_table,
        count_findings,
        page,
        waived,
        case
            when count_findings = 1 or group_zh is null then first_zh
            else
                case severity when 'error' then '【须更正】' when 'warning' then '【请核对】' else '【提示】' end
                || group_zh || '。' || case when origin <> 'source' then '读取存疑，请先对照原件。' else '' end
                || case when page is not null then '（第' || page || '页起）' else '' end
        end as message_zh,
        case
            when count_findings = 1 or group_en is null then first_en
            else
                '[' || severity || '] ' || group_en || '.'
                || case when origin <> 'source' then ' Possibly misread: compare with the original first.' else '' end
                || case when page is not null then ' (from page ' || page || ')' else '' end
        end as message_en,
        waived_reason,
        waived_by,
        waived_until
    from worded

)

select * from final
order by report_id, rule, group_id
