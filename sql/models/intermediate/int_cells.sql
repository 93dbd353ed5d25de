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

corrections as (

    select * from {{ ref('int_corrections') }}
    where is_last

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

-- A correction holds only while the cell reads as it did when a person looked at it.
corrected as (

    select
        united.* exclude (value, status, printed_decimals, confidence),
        united.value as read_value,
        corrections.document_id is not null as is_corrected,
        case when is_corrected then corrections.right_number else united.value end as value,
        case when is_corrected then corrections.right_status else united.status end as status,
        case
            when not is_corrected then united.printed_decimals
            when corrections.right_number is not null then length(split_part(corrections.right_value, '.', 2))
        end as printed_decimals,
        case when not is_corrected then united.confidence end as confidence
    from united
    left join corrections
        on
            united.document_id = corrections.document_id
            and united.form_table = corrections.form_table
            and united.indicator = corrections.indicator
            and united.breakdown = corrections.breakdown
            and {{ same_printed('corrections.read_value', 'united.raw_text') }}

),

final as (

    select
        corrected.* exclude (value, read_value, is_corrected, printed_unit, amount_unit, resolution),
        {% for value in ['value', 'read_value'] -%}
        case
            when corrected.amount_unit is null or corrected.amount_unit = corrected.unit then corrected.{{ value }}
            else cast(corrected.{{ value }} * printed.yuan / own.yuan as decimal(24, 8))
        end as {{ value }},
        {% endfor -%}
        corrected.amount_unit as printed_unit,
        case
            when corrected.is_corrected then 'corrected'
            when corrected.resolution is not null then corrected.resolution
            when corrected.value_kind = 'amount' and corrected.status = 'reported' and corrected.amount_unit is null
                then 'unit_assumed'
        end as resolution
    from corrected
    left join units as printed on corrected.amount_unit = printed.printed
    left join units as own on corrected.unit = own.printed

)

select * from final
