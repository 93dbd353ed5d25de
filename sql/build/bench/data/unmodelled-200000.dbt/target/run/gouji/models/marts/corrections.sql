
            
            
    

    create  table
      "unmodelled-200000"."marts"."corrections"
  
    
    as (
      with

lines as (

    select * from "unmodelled-200000"."intermediate"."int_corrections"

),

reports as (

    select * from "unmodelled-200000"."marts"."reports"

),

cells as (

    select * from "unmodelled-200000"."marts"."cell_values"

),

final as (

    select
        lines.listed_in,
        lines.line_no,
        case
            when lines.form_table is null then 'unknown_cell'
            when reports.report_id is null then 'no_document'
            when reports.version_basis = 'replaced' then 'replaced'
            when cells.report_id is null then 'no_cell'
            when not lines.is_last then 'superseded'
            when (
    regexp_replace(regexp_replace(trim(regexp_replace(
    translate(coalesce(lines.read_value, ''), '０１２３４５６７８９．，＋－−﹣（）／％　', '0123456789.,+---()/% '),
    '[\s\x{00a0}\x{200b}\x{feff}]+', ' ', 'g'
)), '[ ,]', '', 'g'), '!=|<>', '≠') = regexp_replace(regexp_replace(trim(regexp_replace(
    translate(coalesce(cells.raw_text, ''), '０１２３４５６７８９．，＋－−﹣（）／％　', '0123456789.,+---()/% '),
    '[\s\x{00a0}\x{200b}\x{feff}]+', ' ', 'g'
)), '[ ,]', '', 'g'), '!=|<>', '≠')
    or try_cast(regexp_replace(regexp_replace(trim(regexp_replace(
    translate(coalesce(lines.read_value, ''), '０１２３４５６７８９．，＋－−﹣（）／％　', '0123456789.,+---()/% '),
    '[\s\x{00a0}\x{200b}\x{feff}]+', ' ', 'g'
)), '[ ,]', '', 'g'), '!=|<>', '≠') as decimal(24, 8)) = try_cast(regexp_replace(regexp_replace(trim(regexp_replace(
    translate(coalesce(cells.raw_text, ''), '０１２３４５６７８９．，＋－−﹣（）／％　', '0123456789.,+---()/% '),
    '[\s\x{00a0}\x{200b}\x{feff}]+', ' ', 'g'
)), '[ ,]', '', 'g'), '!=|<>', '≠') as decimal(24, 8))
) then 'in_force'
            else 'changed'
        end as state,
        lines.document_id as report_id,
        lines.form_table,
        lines.indicator,
        lines.breakdown,
        lines.cell,
        lines.read_value,
        cells.raw_text as read_now,
        lines.right_value,
        lines.reason,
        lines.who,
        lines.corrected_on
    from lines
    left join reports on lines.document_id = reports.report_id
    left join cells
        on
            lines.document_id = cells.report_id
            and lines.form_table = cells.form_table
            and lines.indicator = cells.indicator
            and lines.breakdown = cells.breakdown

)

select * from final
order by listed_in, line_no
    );
    
  
            