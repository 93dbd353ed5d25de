with

source as (

    select * from {{ source('raw', 'cells') }}

),

cleaned as (

    select
        *,
        {{ half_width('text') }} as content
    from source

),

unnoted as (

    select
        *,
        {{ without_note('content') }} as noteless,
        {{ is_not_applicable('content') }} as is_not_applicable
    from cleaned

),

stripped as (

    select
        *,
        -- 251000元, or in brackets: 25.1(万元), 25.1(单位：万元)
        coalesce(
            nullif(regexp_extract(noteless, '(亿元|万元|元)$', 1), ''),
            regexp_extract(content, '[(](?:单位[:：])?(亿元|万元|元)[)]$', 1)
        ) as printed_unit,
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

read as (

    select
        *,
        case
            -- Two readings of the cell differ, or ink was seen and not read.
            when confidence = 0 or (content = '' and confidence < {{ var('least_sure') }}) then 'ambiguous'
            when content = '' then 'blank'
            when is_not_applicable then 'not_applicable'
            -- DECIMAL(24,8) holds 16 digits before the point; a longer number is no count.
            when regexp_full_match(digits, '[+-]?[0-9]{1,16}([.][0-9]{1,8})?') then 'reported'
            else 'unreadable'
        end as status
    from grouped

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
        status,
        case when status = 'reported' then cast(digits as decimal(24, 8)) end as value,
        case when status = 'reported' then nullif(printed_unit, '') end as printed_unit,
        case when status = 'reported' then length(regexp_extract(digits, '[.]([0-9]+)$', 1)) end as printed_decimals,
        confidence,
        x0,
        top,
        x1,
        bottom
    from read
    where col_no is not null

)

select * from final
