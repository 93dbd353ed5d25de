{#- Which change of the first smallest set each failing relation points to, and what to say of it. -#}
with

failing as (

    select * from {{ ref('judged_relations') }}
    where not holds

),

members as (

    select * from {{ ref('int_relation_members') }}

),

changes as (

    select * from {{ ref('int_suspect_changes') }}

),

changed as (

    select
        * exclude (cells),
        unnest(cells) as cell
    from changes

),

cells as (

    select
        * exclude (cell), -- noqa: RF03
        cell.indicator, -- noqa: RF03
        cell.breakdown -- noqa: RF03
    from changed

),

-- The changes among the members of a relation, each once for every set that has it.
pointed as (

    select distinct
        failing.report_id,
        failing.rule,
        failing.form_table,
        failing.subject,
        cells.* exclude (report_id, form_table, indicator, breakdown)
    from failing
    inner join members using (rule, form_table, subject)
    inner join cells using (report_id, form_table, indicator, breakdown)

),

firsts as (

    select * from pointed
    where solution_no = 1
    qualify row_number() over (partition by report_id, rule, form_table, subject order by change_no) = 1

),

-- Several sets: what each of them makes of the relation, in their order.
ways as (

    select
        report_id,
        rule,
        form_table,
        subject,
        change_zh,
        change_en,
        min(solution_no * 1000 + change_no) as first_at
    from pointed
    group by all

),

numbered as (

    select
        *,
        row_number() over (partition by report_id, rule, form_table, subject order by first_at) as way_no
    from ways

),

listed as (

    select
        report_id,
        rule,
        form_table,
        subject,
        count(*) as count_ways,
        string_agg(change_zh, '；' order by way_no) filter (where way_no <= 3) as ways_zh,
        string_agg(change_en, '; ' order by way_no) filter (where way_no <= 3) as ways_en
    from numbered
    group by all

),

final as (

    select
        firsts.report_id,
        firsts.rule,
        firsts.form_table,
        firsts.subject,
        firsts.change_no,
        firsts.is_certain,
        'suspect.' || firsts.first_cell as cause,
        count(*) over (partition by firsts.report_id, firsts.form_table, firsts.change_no) as count_relations,
        case
            when firsts.is_certain
                then
                    '建议核对' || rtrim(firsts.change_zh, '）')
                    || case
                        when firsts.count_changes > 1 then '，连同另' || (firsts.count_changes - 1) || '处' else ''
                    end
                    || '则该表全部勾稽）'
            else
                '建议核对：' || listed.ways_zh
                || case when listed.count_ways > 3 or firsts.has_more then '等，详见gouji explain' else '' end
        end as hint_zh,
        case
            when firsts.is_certain
                then
                    'Suggested to check: '
                    || rtrim(firsts.change_en, ')')
                    || case
                        when firsts.count_changes > 1 then ' and ' || (firsts.count_changes - 1) || ' more' else ''
                    end
                    || ', the table ties out)'
            else
                'Suggested to check one of: ' || listed.ways_en
                || case when listed.count_ways > 3 or firsts.has_more then ' and others, see gouji explain' else '' end
        end as hint_en
    from firsts
    inner join listed using (report_id, rule, form_table, subject)

)

select * from final
