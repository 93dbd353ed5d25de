{#- What else is affected when the rows of a model have changed: for each model that says so (`affects`), the statement that
    adds documents to incremental.affected. Of the rows of affected documents `before` holds those that were, `anew` those
    that are now in the table `after`; of a model made whole, `before` holds all that were. -#}

{#- All documents of the agencies that changed documents belong or belonged to. -#}
{% macro affected_by_int_agencies(after, before, anew) %}
create or replace table incremental.agencies as
select agency_id from {{ before }}
union
select agency_id from {{ anew }};
insert into incremental.affected
select document_id, 'agency' from {{ after }}
where agency_id in (select agency_id from incremental.agencies);
{% endmacro %}

{#- All documents of the agencies that precede or succeed these, and of those whose changes read differently now. -#}
{% macro affected_by_int_agency_changes(after, before, anew) %}
insert into incremental.affected
with recursive

changed as (
    (from {{ before }} except from {{ after }})
    union all
    (from {{ after }} except from {{ before }})
),

edges as (
    select former_id as one, successor_id as other from {{ before }}
    union
    select former_id, successor_id from {{ after }}
    union
    select successor_id, former_id from {{ before }}
    union
    select successor_id, former_id from {{ after }}
),

reached as (
    select agency_id from incremental.agencies
    union
    select former_id from changed
    union
    select successor_id from changed
    union
    select edges.other
    from reached
    inner join edges on reached.agency_id = edges.one
)

select document_id, 'succession'
from {{ ref_of('int_agencies') }}
where agency_id in (select agency_id from reached);
{% endmacro %}

{#- Reports whose prose is compared with one that changed, and those of a section and year that have something to be compared
    with from now on, or no longer. -#}
{% macro affected_by_int_section_prose(after, before, anew) %}
insert into incremental.affected
select report_id, 'text' from {{ ref_of('section_overlaps') }}
where {{ is_affected('related_report_id', 'agency') }};
insert into incremental.affected
with touched as (
    select section_no, report_year from {{ before }}
    union
    select section_no, report_year from {{ anew }}
),

kept as (
    select report_id, agency_id, section_no, report_year, true as is_before, true as is_after from {{ after }}
    where not {{ is_affected('report_id', 'agency') }}
    union all
    select report_id, agency_id, section_no, report_year, true, false from {{ before }}
    union all
    select report_id, agency_id, section_no, report_year, false, true from {{ anew }}
),

turned as (
    select section_no, report_year
    from kept
    inner join touched using (section_no, report_year)
    group by section_no, report_year
    having
        (count(distinct agency_id) filter (where is_before) > 1)
        <> (count(distinct agency_id) filter (where is_after) > 1)
)

select distinct report_id, 'text'
from kept
inner join turned using (section_no, report_year);
{% endmacro %}

{#- Reports that share a shingle that came, went or changed hands and is, or was, common wording no more than the agencies
    that have it allow. -#}
{% macro affected_by_int_section_shingles(after, before, anew) %}
insert into incremental.affected
with old_rows as (
    select report_id, agency_id, report_year, section_no, shingle from {{ before }}
),

new_rows as (
    select report_id, agency_id, report_year, section_no, shingle from {{ anew }}
),

changed as (
    select distinct section_no, shingle
    from (
        (from old_rows except from new_rows)
        union all
        (from new_rows except from old_rows)
    )
),

others as (
    select report_id, agency_id, section_no, shingle
    from {{ after }}
    semi join changed using (section_no, shingle)
    where not {{ is_affected('report_id', 'agency') }}
),

-- Each agency sets one bit of 64: where more are set than may be, there are more agencies, before and after.
crowds as (
    select section_no, shingle
    from others
    group by section_no, shingle
    having bit_count(bit_or(1::ubigint << (hash(agency_id) % 64))) > {{ var('most_agencies') }}
),

holders as (
    select section_no, shingle, agency_id, true as is_before, true as is_after from others
    union all
    select section_no, shingle, agency_id, true, false from old_rows semi join changed using (section_no, shingle)
    union all
    select section_no, shingle, agency_id, false, true from new_rows semi join changed using (section_no, shingle)
),

own as (
    select section_no, shingle
    from holders
    anti join crowds using (section_no, shingle)
    group by section_no, shingle
    having
        count(distinct agency_id) filter (where is_before) <= {{ var('most_agencies') }}
        or count(distinct agency_id) filter (where is_after) <= {{ var('most_agencies') }}
)

select distinct report_id, 'text'
from others
semi join own using (section_no, shingle);
{% endmacro %}

{#- What the affected reports are compared with: read, not made anew. -#}
{% macro affected_by_section_overlaps(after, before, anew) %}
insert into incremental.affected
select related_report_id, 'related' from {{ anew }}
where related_report_id is not null
union
select earlier_report_id, 'related' from {{ ref_of('report_pairs') }}
where {{ is_affected('report_id', 'text') }};
{% endmacro %}

{#- Reports that came, or not, as an expected one. -#}
{% macro affected_by_submissions(after, before, anew) %}
{{ affected_where_different(after, before, 'submission') }}
{% endmacro %}

{#- Reports that a waiver speaks of. -#}
{% macro affected_by_int_waivers(after, before, anew) %}
{{ affected_where_different(after, before, 'finding') }}
{% endmacro %}

{% macro affected_where_different(after, before, scope) %}
insert into incremental.affected
select distinct report_id, '{{ scope }}'
from (
    (from {{ before }} except from {{ after }})
    union all
    (from {{ after }} except from {{ before }})
)
where report_id is not null;
{% endmacro %}

{#- A table as dbt writes its name; the model that is built need not read it. -#}
{% macro ref_of(name) %}
{{ return((graph.nodes.values() | selectattr('resource_type', 'equalto', 'model') | selectattr('name', 'equalto', name) | first).relation_name) }}
{% endmacro %}
