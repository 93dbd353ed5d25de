with

source as (

    select * from "unmodelled-200000"."raw"."cells"
    where col_no is not null

),

texts as (

    select distinct text
    from source

),

cleaned as (

    select
        *,
        trim(regexp_replace(
    translate(text, '０１２３４５６７８９．，＋－−﹣（）／％　', '0123456789.,+---()/% '),
    '[\s\x{00a0}\x{200b}\x{feff}]+', ' ', 'g'
)) as content
    from texts

),

unnoted as (

    select
        *,
        trim(regexp_replace(regexp_replace(content, '[(][^()]*[)]', '', 'g'), '[(][^()]*[)]', '', 'g')) as noteless,
        regexp_full_match(content, '[-—–/\\]+|[(]?(无|不适用)。?[)]?') as is_not_applicable
    from cleaned

),

stripped as (

    select
        *,
        -- 251000元, or in brackets: 25.1(万元), 25.1(单位：万元)
        coalesce(
            nullif(regexp_extract(noteless, '(亿元|万元|元)$', 1), ''),
            regexp_extract(content, '[(](?:单位[:：])?(亿元|万元|元)[)]$', 1)
        ) as unit_in_cell,
        regexp_replace(noteless, ' ?(亿元|万元|元|件|条|项|宗|个|起|份|次)$', '') as bare
    from unnoted

),

grouped as (

    select
        *,
        case
            when bare in ('零', '〇') then '0'
            when regexp_full_match(bare, '[+-]?[1-9][0-9]{0,2}([, ][0-9]{3})+([.][0-9]+)?')
                then regexp_replace(bare, '[, ]', '', 'g')
            else bare
        end as digits
    from stripped

),

numbered as (

    select
        text,
        content,
        case
            when content = '' then 'blank'
            when is_not_applicable then 'not_applicable'
            -- DECIMAL(24,8) holds 16 digits before the point; a longer number is no count.
            when regexp_full_match(digits, '[+-]?[0-9]{1,16}([.][0-9]{1,8})?') then 'reported'
            else 'unreadable'
        end as reading,
        digits,
        unit_in_cell
    from grouped

),

read as (

    select
        text,
        content,
        reading,
        case when reading = 'reported' then cast(digits as decimal(24, 8)) end as number,
        case when reading = 'reported' then nullif(unit_in_cell, '') end as number_unit,
        case when reading = 'reported' then length(regexp_extract(digits, '[.]([0-9]+)$', 1)) end as number_decimals
    from numbered

),

-- Two readings of a doubtful cell differ, or ink was seen in it and not read.
placed as (

    select
        source.*,
        read.* exclude (text),
        coalesce(
            source.confidence = 0 or (read.content = '' and source.confidence < 0.8), false
        ) as is_doubtful
    from source
    inner join read on source.text is not distinct from read.text

),

final as (

    select
        document_id,
        block_no,
        page,
        row_no,
        col_no,
        row_span,
        col_span,
        text as raw_text,
        content,
        case when is_doubtful then 'ambiguous' else reading end as status,
        case when not is_doubtful then number end as value,
        case when not is_doubtful then number_unit end as printed_unit,
        case when not is_doubtful then number_decimals end as printed_decimals,
        confidence,
        x0,
        top,
        x1,
        bottom
    from placed

)

select * from final