{#- All statutory cells of all documents, amounts in the indicator's unit. -#}
with

read_cells as (

    {% for edition in var('editions') -%}
    select * from {{ ref('stg_' ~ edition) }}
    {% if not loop.last %}union all{% endif %}
    {% endfor %}

),

placements as (

    select
        *,
        'by_relations' as resolution
    from {{ ref('int_placements') }}

),

-- An ambiguous cell holds nothing yet, so what the relations place into it comes first.
cells as (

    select
        read_cells.* replace (
            {% for column in [
                'status', 'value', 'raw_text', 'resolution', 'confidence', 'col_no', 'x0', 'top', 'x1', 'bottom'
            ] -%}
            coalesce(placements.{{ column }}, read_cells.{{ column }}) as {{ column }}{{ ',' if not loop.last }}
            {% endfor -%}
        )
    from read_cells
    left join placements using (document_id, form_table, indicator, breakdown)

),

units as (

    select * from {{ ref('units') }}

),

-- 单位：万元 in the header of the amount.
header_units as (

    select
        document_id,
        code as breakdown,
        max(regexp_extract(header_text, '(亿元|万元|元)', 1)) as header_unit
    from {{ ref('stg_printed_codes') }}
    where form_table = 'proactive' and kind = 'header'
    group by all

),

-- Or in a caption of the table; an edition has one amount.
caption_units as (

    select
        labelled_rows.document_id,
        max(regexp_extract(cells.content, '单位 ?[:：]? ?(亿元|万元|元)', 1)) as caption_unit
    from {{ ref('stg_labelled_rows') }} as labelled_rows
    inner join {{ ref('stg_cells') }} as cells using (document_id, block_no, row_no)
    where labelled_rows.form_table = 'proactive' and labelled_rows.row_kind in ('label', 'other')
    group by all

),

united as (

    select
        cells.*,
        case
            when cells.value_kind = 'amount'
                then coalesce(
                    cells.printed_unit, nullif(header_units.header_unit, ''), nullif(caption_units.caption_unit, '')
                )
        end as amount_unit
    from cells
    left join header_units using (document_id, breakdown)
    left join caption_units using (document_id)

),

final as (

    select
        united.* exclude (value, printed_unit, amount_unit, resolution),
        case
            when united.amount_unit is null or united.amount_unit = united.unit then united.value
            else cast(united.value * printed.yuan / own.yuan as decimal(24, 8))
        end as value,
        united.amount_unit as printed_unit,
        case
            when united.resolution is not null then united.resolution
            when united.value_kind = 'amount' and united.status = 'reported' and united.amount_unit is null
                then 'unit_assumed'
        end as resolution
    from united
    left join units as printed on united.amount_unit = printed.printed
    left join units as own on united.unit = own.printed

)

select * from final
