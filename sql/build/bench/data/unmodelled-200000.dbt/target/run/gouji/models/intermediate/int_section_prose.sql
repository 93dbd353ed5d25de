
            
            
    

    create  table
      "unmodelled-200000"."intermediate"."int_section_prose"
  
    
    as (
      with

reports as (

    select * from "unmodelled-200000"."marts"."reports"
    where is_current and is_modelled and agency_id is not null and report_year is not null

),

sections as (

    select
        report_id,
        section_no,
        block_no,
        page,
        lead(block_no) over (partition by report_id order by block_no) as next_block_no
    from "unmodelled-200000"."marts"."report_sections"
    where block_no is not null

),

prose as (

    select
        sections.report_id,
        sections.section_no,
        min(sections.page) as page,
        string_agg(translate(regexp_replace(case
    when regexp_matches(paragraphs.text, '[\x{2e80}-\x{2fdf}]')
        then translate(
            paragraphs.text,
            '⺁⺇⺌⺝⺟⺠⺩⺬⻁⻄⻅⻆⻉⻋⻑⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻥⻦⻧⻨⻩⻪⻬⻮⻰⻳⼀⼁⼂⼃⼄⼅⼆⼇⼈⼉⼊⼋⼌⼍⼎⼏⼐⼑⼒⼓⼔⼕⼖⼗⼘⼙⼚⼛⼜⼝⼞⼟⼠⼡⼢⼣⼤⼥⼦⼧⼨⼩⼪⼫⼬⼭⼮⼯⼰⼱⼲⼳⼴⼵⼶⼷⼸⼹⼺⼻⼼⼽⼾⼿⽀'
        || '⽁⽂⽃⽄⽅⽆⽇⽈⽉⽊⽋⽌⽍⽎⽏⽐⽑⽒⽓⽔⽕⽖⽗⽘⽙⽚⽛⽜⽝⽞⽟⽠⽡⽢⽣⽤⽥⽦⽧⽨⽩⽪⽫⽬⽭⽮⽯⽰⽱⽲⽳⽴⽵⽶⽷⽸⽹⽺⽻⽼⽽⽾⽿⾀⾁⾂⾃⾄⾅⾆⾇⾈⾉⾊⾋⾌⾍⾎⾏⾐⾑⾒⾓⾔⾕⾖⾗⾘⾙⾚⾛⾜⾝⾞⾟⾠⾡⾢⾣⾤'
        || '⾥⾦⾧⾨⾩⾪⾫⾬⾭⾮⾯⾰⾱⾲⾳⾴⾵⾶⾷⾸⾹⾺⾻⾼⾽⾾⾿⿀⿁⿂⿃⿄⿅⿆⿇⿈⿉⿊⿋⿌⿍⿎⿏⿐⿑⿒⿓⿔⿕',
            '厂几小月母民王示虎西见角贝车长长门青韦页风飞食马骨鱼鸟卤麦黄黾齐齿龙龟一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工己巾干幺广廴廾弋弓彐彡彳心戈户手支'
        || '攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿目矛矢石示禸禾穴立竹米糸缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷豆豕豸貝赤走足身車辛辰辵邑酉釆'
        || '里金長門阜隶隹雨靑非面革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠'
        )
    else paragraphs.text
end, '[\s\x{00a0}\x{3000}\x{200b}\x{feff}]+', '', 'g'), '０１２３４５６７８９', '0123456789'), '' order by paragraphs.block_no) as prose
    from sections
    inner join "unmodelled-200000"."raw"."paragraphs" as paragraphs
        on
            sections.report_id = paragraphs.document_id
            and sections.block_no < paragraphs.block_no
            and (sections.next_block_no is null or sections.next_block_no > paragraphs.block_no)
    where sections.section_no in (1, 5)
    group by all

),

-- The agency's names, the longest first: one may be part of another.
named as (

    select
        prose.*,
        reports.agency,
        reports.agency_id,
        reports.report_year,
        list_sort(
            list_transform(
                list_filter(
                    [
                        translate(regexp_replace(case
    when regexp_matches(reports.agency, '[\x{2e80}-\x{2fdf}]')
        then translate(
            reports.agency,
            '⺁⺇⺌⺝⺟⺠⺩⺬⻁⻄⻅⻆⻉⻋⻑⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻥⻦⻧⻨⻩⻪⻬⻮⻰⻳⼀⼁⼂⼃⼄⼅⼆⼇⼈⼉⼊⼋⼌⼍⼎⼏⼐⼑⼒⼓⼔⼕⼖⼗⼘⼙⼚⼛⼜⼝⼞⼟⼠⼡⼢⼣⼤⼥⼦⼧⼨⼩⼪⼫⼬⼭⼮⼯⼰⼱⼲⼳⼴⼵⼶⼷⼸⼹⼺⼻⼼⼽⼾⼿⽀'
        || '⽁⽂⽃⽄⽅⽆⽇⽈⽉⽊⽋⽌⽍⽎⽏⽐⽑⽒⽓⽔⽕⽖⽗⽘⽙⽚⽛⽜⽝⽞⽟⽠⽡⽢⽣⽤⽥⽦⽧⽨⽩⽪⽫⽬⽭⽮⽯⽰⽱⽲⽳⽴⽵⽶⽷⽸⽹⽺⽻⽼⽽⽾⽿⾀⾁⾂⾃⾄⾅⾆⾇⾈⾉⾊⾋⾌⾍⾎⾏⾐⾑⾒⾓⾔⾕⾖⾗⾘⾙⾚⾛⾜⾝⾞⾟⾠⾡⾢⾣⾤'
        || '⾥⾦⾧⾨⾩⾪⾫⾬⾭⾮⾯⾰⾱⾲⾳⾴⾵⾶⾷⾸⾹⾺⾻⾼⾽⾾⾿⿀⿁⿂⿃⿄⿅⿆⿇⿈⿉⿊⿋⿌⿍⿎⿏⿐⿑⿒⿓⿔⿕',
            '厂几小月母民王示虎西见角贝车长长门青韦页风飞食马骨鱼鸟卤麦黄黾齐齿龙龟一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工己巾干幺广廴廾弋弓彐彡彳心戈户手支'
        || '攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿目矛矢石示禸禾穴立竹米糸缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷豆豕豸貝赤走足身車辛辰辵邑酉釆'
        || '里金長門阜隶隹雨靑非面革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠'
        )
    else reports.agency
end, '[\s\x{00a0}\x{3000}\x{200b}\x{feff}]+', '', 'g'), '０１２３４５６７８９', '0123456789'),
                        substr(reports.agency_id, instr(reports.agency_id, '/') + 1),
                        reports.region,
                        split_part(reports.agency_id, '/', 1)
                    ],
                    lambda name: length(name) >= 2
                ),
                lambda name: lpad(cast(length(name) as varchar), 3, '0') || name
            ),
            'desc'
        ) as names
    from prose
    inner join reports on prose.report_id = reports.report_id

),

nameless as (

    select
        * exclude (names),
        replace(replace(replace(replace(prose, coalesce(substr(names[1], 4), '□'), repeat('□', coalesce(length(names[1]) - 3, 1))), coalesce(substr(names[2], 4), '□'), repeat('□', coalesce(length(names[2]) - 3, 1))), coalesce(substr(names[3], 4), '□'), repeat('□', coalesce(length(names[3]) - 3, 1))), coalesce(substr(names[4], 4), '□'), repeat('□', coalesce(length(names[4]) - 3, 1))) as line
    from named

),

-- Each set phrase is replaced by as many blots.
split as (

    select
        *,
        string_split_regex(line, '因政府信息公开工作被申请行政复议、提起行政诉讼|因政府信息公开引起的行政复议、行政诉讼|政府信息公开行政复议、行政诉讼情况|习近平新时代中国特色社会主义思想|中华人民共和国政府信息公开条例|收到和处理政府信息公开申请情况|本年度没有收到政府信息公开申请|工作考核、社会评议、责任追究|工作考核、社会评议和责任追究|以公开为常态、不公开为例外|存在的主要问题及改进情况|政府信息公开工作年度报告|公正、公平、合法、便民|公民、法人或者其他组织|未收到政府信息公开申请|公民、法人和其他组织|政府信息公开平台建设|其他需要报告的事项|主动公开政府信息|政府信息公开工作|政府信息公开条例|政府信息公开申请|党的二十大精神|党的十九大精神|政府信息管理|依申请公开|主动公开|监督保障') as pieces,
        list_transform(
            regexp_extract_all(line, '因政府信息公开工作被申请行政复议、提起行政诉讼|因政府信息公开引起的行政复议、行政诉讼|政府信息公开行政复议、行政诉讼情况|习近平新时代中国特色社会主义思想|中华人民共和国政府信息公开条例|收到和处理政府信息公开申请情况|本年度没有收到政府信息公开申请|工作考核、社会评议、责任追究|工作考核、社会评议和责任追究|以公开为常态、不公开为例外|存在的主要问题及改进情况|政府信息公开工作年度报告|公正、公平、合法、便民|公民、法人或者其他组织|未收到政府信息公开申请|公民、法人和其他组织|政府信息公开平台建设|其他需要报告的事项|主动公开政府信息|政府信息公开工作|政府信息公开条例|政府信息公开申请|党的二十大精神|党的十九大精神|政府信息管理|依申请公开|主动公开|监督保障'), lambda match: repeat('□', length(match))
        ) as blots
    from nameless

),

final as (

    select
        report_id,
        agency,
        agency_id,
        report_year,
        section_no,
        page,
        prose,
        regexp_replace(
            array_to_string(
                list_transform(
                    range(1, len(pieces) + 1), lambda place: pieces[place] || coalesce(blots[place], '')
                ), ''
            ),
            '[^\p{Han}]|[一二三四五六七八九十百千万亿零〇两年月日]', '□', 'g'
        ) as blotted
    from split

)

select * from final
    );
    
  
            