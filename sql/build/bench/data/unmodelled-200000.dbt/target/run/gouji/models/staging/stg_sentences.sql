
            
            
    

    create  table
      "unmodelled-200000"."staging"."stg_sentences"
  
    
    as (
      with

paragraphs as (

    select * from "unmodelled-200000"."raw"."paragraphs"

),

headings as (

    select * from "unmodelled-200000"."staging"."stg_headings"
    where section_no is not null

),

tables as (

    select distinct
        document_id,
        block_no
    from "unmodelled-200000"."raw"."cells"

),

lines as (

    select
        paragraphs.document_id,
        paragraphs.block_no,
        paragraphs.page,
        regexp_replace(
    regexp_replace(
        regexp_replace(
            regexp_replace(
                regexp_replace(translate(case
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
end, '０１２３４５６７８９％．<>', '0123456789%.'), '[\s\x{00a0}\x{3000}\x{200b}\x{feff}]+', ' ', 'g'),
                '([0-9]) ([0-9]{3})($|[^0-9])', '\1\2\3', 'g'
            ),
            '([0-9]) ([0-9])', '\1~\2', 'g'
        ),
        ' ', '', 'g'
    ),
    '([0-9]),([0-9]{3})($|[^0-9])', '\1\2\3', 'g'
) as line,
        paragraphs.block_no in (
            select headings.block_no from headings
            where headings.document_id = paragraphs.document_id
        )
        or (
    length(translate(regexp_replace(case
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
end, '[\s\x{00a0}\x{3000}\x{200b}\x{feff}]+', '', 'g'), '０１２３４５６７８９', '0123456789')) between 6 and 60
    and regexp_matches(
        translate(regexp_replace(case
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
end, '[\s\x{00a0}\x{3000}\x{200b}\x{feff}]+', '', 'g'), '０１２３４５６７８９', '0123456789'), '(?:信息公开|政务公开)(?:工作)?(?:年度)?(?:工作)?(?:年度)?(?:报告|年报)[)）》]?(?:[(（][^()（）]*[)）])?$'
    )
    and not regexp_matches(translate(regexp_replace(case
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
end, '[\s\x{00a0}\x{3000}\x{200b}\x{feff}]+', '', 'g'), '０１２３４５６７８９', '0123456789'), '^(?:关于|按照|根据|现将|《|附件|点击|下载)')
) as stands_alone,
        -- No table lies between two lines of one number.
        (
            select count(*) from tables
            where tables.document_id = paragraphs.document_id and tables.block_no < paragraphs.block_no
        ) as count_tables
    from paragraphs
    -- A line of a page number and nothing else interrupts no sentence.
    where not regexp_full_match(translate(regexp_replace(case
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
end, '[\s\x{00a0}\x{3000}\x{200b}\x{feff}]+', '', 'g'), '０１２３４５６７８９', '0123456789'), '[-—–]*第?[0-9]{1,3}页?[-—–]*')

),

neighbours as (

    select
        *,
        lag(line) over before as line_before,
        coalesce(lag(stands_alone) over before, true) or stands_alone or lag(count_tables) over before <> count_tables
            as is_apart
    from lines
    window before as (partition by document_id order by block_no)

),

-- Two figures that meet at the end of a line are not joined: it may be one number or two.
paragraph_numbers as (

    select
        document_id,
        block_no,
        page,
        line,
        sum(case
            when
                not is_apart
                and length(line_before) >= 12
                and not regexp_matches(line_before, '[。！？；：.;:!?]$')
                and not regexp_matches(
                    line,
                    '^(?:[一二三四五六七八九十]{1,3}[、.．是]|[(（][一二三四五六七八九十0-9]{1,3}[)）]|[0-9]{1,2}[.、．]|注[:：])'
                )
                and not regexp_full_match(line, '20[0-9]{2}年[0-9]{1,2}月[0-9]{1,2}日')
                and not (regexp_matches(line_before, '[0-9]$') and regexp_matches(line, '^[0-9]'))
                then 0
            else 1
        end) over (partition by document_id order by block_no) as paragraph
    from neighbours

),

joined as (

    select
        document_id,
        paragraph,
        min(block_no) as block_no,
        min(page) as page,
        string_agg(line, '' order by block_no) as line
    from paragraph_numbers
    group by document_id, paragraph

),

placed as (

    select
        joined.*,
        (
            select arg_max(headings.section_no, headings.block_no)
            from headings
            where headings.document_id = joined.document_id and headings.block_no <= joined.block_no
        ) as section_no
    from joined

),

split as (

    select
        *,
        unnest(list_filter(regexp_extract_all(line, '[^。！？]*[。！？]?'), lambda part: part <> '')) as printed,
        generate_subscripts(list_filter(regexp_extract_all(line, '[^。！？]*[。！？]?'), lambda part: part <> ''), 1)
            as sentence_no
    from placed

),

final as (

    select
        document_id,
        cast(paragraph as integer) as paragraph,
        cast(sentence_no as integer) as sentence_no,
        block_no,
        page,
        section_no,
        printed,
        array_to_string(
    list_transform(
        regexp_extract_all(printed, '[零〇一二两三四五六七八九十百千]+[件份宗起]?|[^零〇一二两三四五六七八九十百千]+'),
        lambda piece: case
            when piece = '一起' or not regexp_matches(piece, '^[零〇一二两三四五六七八九十百千]+[件份宗起]$') then piece
            else coalesce(cast(case
    when regexp_full_match(left(piece, length(piece) - 1), '[零〇一二两三四五六七八九]|(?:[一二两三四五六七八九]千[零〇]?)?(?:[一二两三四五六七八九]百[零〇]?)?(?:[一二三四五六七八九]?十)?[一二三四五六七八九]?')
        and not regexp_matches(left(piece, length(piece) - 1), '[百千][一二两三四五六七八九]$')
        then
            1000 * case
                when regexp_matches(left(piece, length(piece) - 1), '[一二两三四五六七八九]千')
                    then instr('一二三四五六七八九', replace(regexp_extract(left(piece, length(piece) - 1), '(.)千', 1), '两', '二'))
                else 0
            end
            + 100 * case
                when regexp_matches(left(piece, length(piece) - 1), '[一二两三四五六七八九]百')
                    then instr('一二三四五六七八九', replace(regexp_extract(left(piece, length(piece) - 1), '(.)百', 1), '两', '二'))
                else 0
            end
            + 10 * greatest(case
                when regexp_matches(left(piece, length(piece) - 1), '[一二两三四五六七八九]十')
                    then instr('一二三四五六七八九', replace(regexp_extract(left(piece, length(piece) - 1), '(.)十', 1), '两', '二'))
                else 0
            end, cast(contains(left(piece, length(piece) - 1), '十') as integer))
            + instr('一二三四五六七八九', replace(regexp_extract(left(piece, length(piece) - 1), '[一二两三四五六七八九]?$'), '两', '二'))
            * cast(regexp_matches(left(piece, length(piece) - 1), '[一二两三四五六七八九]$') as integer)
end as varchar) || right(piece, 1), piece)
        end
    ),
    ''
) as sentence,
        coalesce(string_agg(array_to_string(
    list_transform(
        regexp_extract_all(printed, '[零〇一二两三四五六七八九十百千]+[件份宗起]?|[^零〇一二两三四五六七八九十百千]+'),
        lambda piece: case
            when piece = '一起' or not regexp_matches(piece, '^[零〇一二两三四五六七八九十百千]+[件份宗起]$') then piece
            else coalesce(cast(case
    when regexp_full_match(left(piece, length(piece) - 1), '[零〇一二两三四五六七八九]|(?:[一二两三四五六七八九]千[零〇]?)?(?:[一二两三四五六七八九]百[零〇]?)?(?:[一二三四五六七八九]?十)?[一二三四五六七八九]?')
        and not regexp_matches(left(piece, length(piece) - 1), '[百千][一二两三四五六七八九]$')
        then
            1000 * case
                when regexp_matches(left(piece, length(piece) - 1), '[一二两三四五六七八九]千')
                    then instr('一二三四五六七八九', replace(regexp_extract(left(piece, length(piece) - 1), '(.)千', 1), '两', '二'))
                else 0
            end
            + 100 * case
                when regexp_matches(left(piece, length(piece) - 1), '[一二两三四五六七八九]百')
                    then instr('一二三四五六七八九', replace(regexp_extract(left(piece, length(piece) - 1), '(.)百', 1), '两', '二'))
                else 0
            end
            + 10 * greatest(case
                when regexp_matches(left(piece, length(piece) - 1), '[一二两三四五六七八九]十')
                    then instr('一二三四五六七八九', replace(regexp_extract(left(piece, length(piece) - 1), '(.)十', 1), '两', '二'))
                else 0
            end, cast(contains(left(piece, length(piece) - 1), '十') as integer))
            + instr('一二三四五六七八九', replace(regexp_extract(left(piece, length(piece) - 1), '[一二两三四五六七八九]?$'), '两', '二'))
            * cast(regexp_matches(left(piece, length(piece) - 1), '[一二两三四五六七八九]$') as integer)
end as varchar) || right(piece, 1), piece)
        end
    ),
    ''
), '') over (
            partition by document_id, paragraph
            order by sentence_no
            rows between unbounded preceding and 1 preceding
        ), '') as said_before,
        line as whole_paragraph
    from split

)

select * from final
    );
    
  
            