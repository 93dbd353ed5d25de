with

read_cells as (

    select * from "unmodelled-200000"."staging"."stg_trial_2019"
    union all
    select * from "unmodelled-200000"."staging"."stg_trial_2019_hubei"
    union all
    select * from "unmodelled-200000"."staging"."stg_standard_2021"
    union all
    select * from "unmodelled-200000"."staging"."stg_decimal_2021"
    
    

),

placements as (

    select
        *,
        'by_relations' as resolution
    from "unmodelled-200000"."intermediate"."int_placements"

),

-- An ambiguous cell holds nothing yet, so what the relations place into it comes first.
cells as (

    select
        read_cells.* replace (
            coalesce(placements.status, read_cells.status) as status,
            coalesce(placements.value, read_cells.value) as value,
            coalesce(placements.raw_text, read_cells.raw_text) as raw_text,
            coalesce(placements.resolution, read_cells.resolution) as resolution,
            coalesce(placements.confidence, read_cells.confidence) as confidence,
            coalesce(placements.col_no, read_cells.col_no) as col_no,
            coalesce(placements.x0, read_cells.x0) as x0,
            coalesce(placements.top, read_cells.top) as top,
            coalesce(placements.x1, read_cells.x1) as x1,
            coalesce(placements.bottom, read_cells.bottom) as bottom
            )
    from read_cells
    left join placements using (document_id, form_table, indicator, breakdown)

),

units as (

    select * from "unmodelled-200000"."form"."units"

),

corrections as (

    select * from "unmodelled-200000"."intermediate"."int_corrections"
    where is_last

),

-- 单位：万元 in the header of the amount.
header_units as (

    select
        document_id,
        code as breakdown,
        max(regexp_extract(header_text, '(亿元|万元|元)', 1)) as header_unit
    from "unmodelled-200000"."staging"."stg_printed_codes"
    where form_table = 'proactive' and kind = 'header'
    group by all

),

-- Or in a caption of the table; an edition has one amount.
caption_units as (

    select
        labelled_rows.document_id,
        max(regexp_extract(cells.content, '单位 ?[:：]? ?(亿元|万元|元)', 1)) as caption_unit
    from "unmodelled-200000"."staging"."stg_labelled_rows" as labelled_rows
    inner join "unmodelled-200000"."staging"."stg_cells" as cells using (document_id, block_no, row_no)
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
            and (
    regexp_replace(regexp_replace(trim(regexp_replace(
    translate(coalesce(corrections.read_value, ''), '０１２３４５６７８９．，＋－−﹣（）／％　', '0123456789.,+---()/% '),
    '[\s\x{00a0}\x{200b}\x{feff}]+', ' ', 'g'
)), '[ ,]', '', 'g'), '!=|<>', '≠') = regexp_replace(regexp_replace(trim(regexp_replace(
    translate(coalesce(united.raw_text, ''), '０１２３４５６７８９．，＋－−﹣（）／％　', '0123456789.,+---()/% '),
    '[\s\x{00a0}\x{200b}\x{feff}]+', ' ', 'g'
)), '[ ,]', '', 'g'), '!=|<>', '≠')
    or try_cast(regexp_replace(regexp_replace(trim(regexp_replace(
    translate(coalesce(corrections.read_value, ''), '０１２３４５６７８９．，＋－−﹣（）／％　', '0123456789.,+---()/% '),
    '[\s\x{00a0}\x{200b}\x{feff}]+', ' ', 'g'
)), '[ ,]', '', 'g'), '!=|<>', '≠') as decimal(24, 8)) = try_cast(regexp_replace(regexp_replace(trim(regexp_replace(
    translate(coalesce(united.raw_text, ''), '０１２３４５６７８９．，＋－−﹣（）／％　', '0123456789.,+---()/% '),
    '[\s\x{00a0}\x{200b}\x{feff}]+', ' ', 'g'
)), '[ ,]', '', 'g'), '!=|<>', '≠') as decimal(24, 8))
)

),

final as (

    select
        corrected.* exclude (value, read_value, is_corrected, printed_unit, amount_unit, resolution),
        case
            when corrected.amount_unit is null or corrected.amount_unit = corrected.unit then corrected.value
            else cast(corrected.value * printed.yuan / own.yuan as decimal(24, 8))
        end as value,
        case
            when corrected.amount_unit is null or corrected.amount_unit = corrected.unit then corrected.read_value
            else cast(corrected.read_value * printed.yuan / own.yuan as decimal(24, 8))
        end as read_value,
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