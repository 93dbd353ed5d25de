with

row_values as (

    select * from "unmodelled-200000"."staging"."stg_row_values"

),

alignment as (

    select * from "unmodelled-200000"."staging"."stg_row_alignment"

),

joined as (

    select
        row_values.*,
        alignment.row_width,
        alignment.alignment,
        case alignment.alignment
            when 'in_order' then case when row_values.is_filled then row_values.filled_no end
            when 'all_equal' then case when row_values.is_filled then row_values.filled_no end
            when 'window' then list_position(alignment.window_cols, row_values.col_no)
            when 'all_zero' then case when row_values.is_filled then row_values.filled_no end
            when 'ambiguous' then null
            else row_values.value_no
        end as position
    from row_values
    inner join alignment using (document_id, form_table, row_key, row_id)

),

final as (

    select * exclude (value_no, filled_no, is_filled, row_id)
    from joined
    where position between 1 and row_width

)

select * from final