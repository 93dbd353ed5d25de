-- title_zh: 格数与表式不符的行
-- title_en: Rows that do not have the form's number of cells
-- question: 哪些报告的哪些行格数与表式不符，程序是怎样归位的？
-- caveat: 这些行读取存疑，请先对照原件；归位方式为空白的已按表式对齐，其余以原件为准。
-- example: gouji sql --name rows_in_doubt
with

table_rows as (

    select * from marts.table_rows

),

reports as (

    select * from marts.reports

),

final as (

    select
        table_rows.agency,
        table_rows.report_year,
        reports.format,
        table_rows.form_table,
        table_rows.label_text,
        table_rows.count_expected,
        table_rows.count_values,
        table_rows.resolution,
        table_rows.page,
        reports.source_path
    from table_rows
    inner join reports on table_rows.report_id = reports.report_id
    where table_rows.count_values <> table_rows.count_expected

)

select * from final
order by
    agency,
    report_year,
    form_table,
    label_text
