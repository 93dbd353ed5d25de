with

-- Only documents that have blanks, and only tables that are there.
cells as (

    select
        document_id,
        form_table,
        indicator,
        breakdown,
        status,
        value
    from "unmodelled-200000"."intermediate"."int_cells"
    where presence = 'present'
    qualify bool_or(status in ('blank', 'not_applicable')) over (partition by document_id, form_table)

),

members as (

    select * from "unmodelled-200000"."intermediate"."int_relation_members"

),

blanks as (

    select * from cells
    where status in ('blank', 'not_applicable')

),

instances as (

    select
        cells.document_id,
        cells.form_table,
        cells.indicator,
        cells.breakdown,
        cells.status,
        cells.value,
        members.rule,
        members.subject,
        members.side,
        members.sign,
        members.is_result
    from cells
    inner join members using (form_table, indicator, breakdown)

),

forced_0 as (

    select
        document_id,
        form_table,
        indicator,
        breakdown
    from blanks
    where false

),

-- Known sides that are equal leave 0 for what is blank on one of them; each pass may settle further relations.
settled_1 as (

    select
        instances.document_id,
        instances.rule,
        instances.subject
    from instances
    left join forced_0 as forced using (document_id, form_table, indicator, breakdown)
    group by all
    having
        bool_and(instances.status in ('reported', 'blank', 'not_applicable'))
        and coalesce(sum(instances.sign * instances.value) filter (where instances.side = 'left'), 0)
        = coalesce(sum(instances.sign * instances.value) filter (where instances.side = 'right'), 0)
        and count(distinct instances.side)
        filter (where instances.status <> 'reported' and forced.document_id is null) = 1

),

forced_1 as (

    select * from forced_0
    union
    select
        instances.document_id,
        instances.form_table,
        instances.indicator,
        instances.breakdown
    from instances
    inner join settled_1 using (document_id, rule, subject)
    where instances.status in ('blank', 'not_applicable')

),

-- Known sides that are equal leave 0 for what is blank on one of them; each pass may settle further relations.
settled_2 as (

    select
        instances.document_id,
        instances.rule,
        instances.subject
    from instances
    left join forced_1 as forced using (document_id, form_table, indicator, breakdown)
    group by all
    having
        bool_and(instances.status in ('reported', 'blank', 'not_applicable'))
        and coalesce(sum(instances.sign * instances.value) filter (where instances.side = 'left'), 0)
        = coalesce(sum(instances.sign * instances.value) filter (where instances.side = 'right'), 0)
        and count(distinct instances.side)
        filter (where instances.status <> 'reported' and forced.document_id is null) = 1

),

forced_2 as (

    select * from forced_1
    union
    select
        instances.document_id,
        instances.form_table,
        instances.indicator,
        instances.breakdown
    from instances
    inner join settled_2 using (document_id, rule, subject)
    where instances.status in ('blank', 'not_applicable')

),

-- Known sides that are equal leave 0 for what is blank on one of them; each pass may settle further relations.
settled_3 as (

    select
        instances.document_id,
        instances.rule,
        instances.subject
    from instances
    left join forced_2 as forced using (document_id, form_table, indicator, breakdown)
    group by all
    having
        bool_and(instances.status in ('reported', 'blank', 'not_applicable'))
        and coalesce(sum(instances.sign * instances.value) filter (where instances.side = 'left'), 0)
        = coalesce(sum(instances.sign * instances.value) filter (where instances.side = 'right'), 0)
        and count(distinct instances.side)
        filter (where instances.status <> 'reported' and forced.document_id is null) = 1

),

forced_3 as (

    select * from forced_2
    union
    select
        instances.document_id,
        instances.form_table,
        instances.indicator,
        instances.breakdown
    from instances
    inner join settled_3 using (document_id, rule, subject)
    where instances.status in ('blank', 'not_applicable')

),

item_sums as (

    select
        document_id,
        rule,
        subject,
        bool_or(not is_result and coalesce(value, 0) <> 0) as has_nonzero_item
    from instances
    group by all

),

-- A whole column of totals left blank is one cause: its totals of 0 go with the others.
blank_totals as (

    select
        instances.document_id,
        instances.form_table,
        instances.indicator,
        instances.breakdown,
        item_sums.has_nonzero_item
        or (
            bool_and(instances.status in ('blank', 'not_applicable')) over by_column
            and bool_or(item_sums.has_nonzero_item) over by_column
        ) as is_of_nonzero
    from instances
    inner join item_sums using (document_id, rule, subject)
    where instances.is_result
    window by_column as (partition by instances.document_id, instances.form_table, instances.breakdown)

),

totals as (

    select
        document_id,
        form_table,
        indicator,
        breakdown,
        bool_or(is_of_nonzero) as is_of_nonzero
    from blank_totals
    group by all

),

final as (

    select
        blanks.document_id,
        blanks.form_table,
        blanks.indicator,
        blanks.breakdown,
        case
            when totals.is_of_nonzero then 'total_of_nonzero'
            when forced.document_id is not null then 'forced_zero'
            else 'open'
        end as blank_kind
    from blanks
    left join totals using (document_id, form_table, indicator, breakdown)
    left join forced_3 as forced using (document_id, form_table, indicator, breakdown)

)

select * from final