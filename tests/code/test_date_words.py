"""Members of every kind of date words, resolved by hand: with their direction, at the edges of calendars, and not at all.

Most are counted from 12 March 2022, a Saturday; the ISO week of that day is 7 to 13 March.
"""

from __future__ import annotations

import time

import pytest

from haftar_record.text import dates, edtf

SATURDAY = "2022-03-12"
#: Words, what they mean when they point back, and what they mean when they point ahead; None for nothing.
EVERYDAY = [
    # weekdays
    ("on Friday", "2022-03-11", "2022-03-18"),
    ("Friday", "2022-03-11", "2022-03-18"),
    ("on Saturday", "2022-03-12", "2022-03-12"),
    ("on Sunday", "2022-03-06", "2022-03-13"),
    ("Friday night", "2022-03-11", "2022-03-18"),
    ("on Friday morning", "2022-03-11", "2022-03-18"),
    ("early Friday", "2022-03-11", "2022-03-18"),
    ("late on Friday", "2022-03-11", "2022-03-18"),
    ("Friday’s", "2022-03-11", "2022-03-18"),
    ("Fri.", "2022-03-11", "2022-03-18"),
    ("Tues", "2022-03-08", "2022-03-15"),
    ("last Friday", "2022-03-11", "2022-03-11"),
    ("last Saturday", "2022-03-05", "2022-03-05"),
    ("next Friday", "2022-03-18", "2022-03-18"),
    ("next Saturday", "2022-03-19", "2022-03-19"),
    ("the coming Friday", "2022-03-18", "2022-03-18"),
    ("this Friday", "2022-03-11", "2022-03-18"),
    ("this past Friday", "2022-03-11", "2022-03-11"),
    ("Friday of last week", "2022-03-04", "2022-03-04"),
    ("Friday last week", "2022-03-04", "2022-03-04"),
    ("Friday next week", "2022-03-18", "2022-03-18"),
    ("Monday this week", "2022-03-07", "2022-03-07"),
    ("at 10:30 a.m. on Friday", "2022-03-11", "2022-03-18"),
    ("Friday at 6 pm", "2022-03-11", "2022-03-18"),
    ("9 a.m. EST Tuesday", "2022-03-08", "2022-03-15"),
    ("at noon on Friday", "2022-03-11", "2022-03-18"),
    ("Friday, 14:30 GMT", "2022-03-11", "2022-03-18"),
    # days
    ("yesterday", "2022-03-11", "2022-03-11"),
    ("yesterday morning", "2022-03-11", "2022-03-11"),
    ("Yesterday’s", "2022-03-11", "2022-03-11"),
    ("today", "2022-03-12", "2022-03-12"),
    ("earlier today", "2022-03-12", "2022-03-12"),
    ("later today", "2022-03-12", "2022-03-12"),
    ("tonight", "2022-03-12", "2022-03-12"),
    ("this morning", "2022-03-12", "2022-03-12"),
    ("this evening", "2022-03-12", "2022-03-12"),
    ("last night", "2022-03-11", "2022-03-11"),
    ("late last night", "2022-03-11", "2022-03-11"),
    ("tomorrow", "2022-03-13", "2022-03-13"),
    ("tomorrow night", "2022-03-13", "2022-03-13"),
    ("the day before yesterday", "2022-03-10", "2022-03-10"),
    ("the day after tomorrow", "2022-03-14", "2022-03-14"),
    ("two days ago", "2022-03-10", "2022-03-10"),
    ("a day ago", "2022-03-11", "2022-03-11"),
    ("48 hours ago", "2022-03-10", "2022-03-10"),
    ("36 hours ago", "2022-03-10/2022-03-11", "2022-03-10/2022-03-11"),
    ("three days from now", "2022-03-15", "2022-03-15"),
    ("in three days", None, "2022-03-15"),
    ("in three days’ time", "2022-03-15", "2022-03-15"),
    ("on the 15th", "2022-02-15", "2022-03-15"),
    ("the 12th", "2022-03-12", "2022-03-12"),
    ("the 31st", "2022-01-31", "2022-03-31"),
    ("the 5th of last month", "2022-02-05", "2022-02-05"),
    ("the 5th of next month", "2022-04-05", "2022-04-05"),
    # weeks
    ("this week", "2022-03-07/2022-03-12", "2022-03-12/2022-03-13"),
    ("earlier this week", "2022-03-07/2022-03-12", "2022-03-07/2022-03-12"),
    ("earlier in the week", "2022-03-07/2022-03-12", "2022-03-07/2022-03-12"),
    ("later this week", "2022-03-12/2022-03-13", "2022-03-12/2022-03-13"),
    ("early this week", "2022-03-07/2022-03-09", "2022-03-07/2022-03-09"),
    ("last week", "2022-02-28/2022-03-06", "2022-02-28/2022-03-06"),
    ("late last week", "2022-03-03/2022-03-06", "2022-03-03/2022-03-06"),
    ("next week", "2022-03-14/2022-03-20", "2022-03-14/2022-03-20"),
    ("early next week", "2022-03-14/2022-03-16", "2022-03-14/2022-03-16"),
    ("the week before last", "2022-02-21/2022-02-27", "2022-02-21/2022-02-27"),
    ("the week after next", "2022-03-21/2022-03-27", "2022-03-21/2022-03-27"),
    ("a week ago", "2022-02-28/2022-03-06", "2022-02-28/2022-03-06"),
    ("two weeks ago", "2022-02-21/2022-02-27", "2022-02-21/2022-02-27"),
    ("a fortnight ago", "2022-02-21/2022-02-27", "2022-02-21/2022-02-27"),
    ("two weeks from now", "2022-03-21/2022-03-27", "2022-03-21/2022-03-27"),
    ("in two weeks", None, "2022-03-21/2022-03-27"),
    ("the week of March 2", "2022-02-28/2022-03-06", "2023-02-27/2023-03-05"),
    ("the week beginning 2 March 2022", "2022-03-02/2022-03-08", "2022-03-02/2022-03-08"),
    ("the weekend", "2022-03-12/2022-03-13", "2022-03-12/2022-03-13"),
    ("last weekend", "2022-03-05/2022-03-06", "2022-03-05/2022-03-06"),
    ("this weekend", "2022-03-12/2022-03-13", "2022-03-12/2022-03-13"),
    ("next weekend", "2022-03-19/2022-03-20", "2022-03-19/2022-03-20"),
    # months
    ("in March", "2022-03", "2022-03"),
    ("in April", "2021-04", "2022-04"),
    ("Sept.", "2021-09", "2022-09"),
    ("last March", "2021-03", "2021-03"),
    ("last February", "2022-02", "2022-02"),
    ("next March", "2023-03", "2023-03"),
    ("this June", "2022-06", "2022-06"),
    ("this month", "2022-03", "2022-03"),
    ("earlier this month", "2022-03-01/2022-03-12", "2022-03-01/2022-03-12"),
    ("later this month", "2022-03-12/2022-03-31", "2022-03-12/2022-03-31"),
    ("last month", "2022-02", "2022-02"),
    ("next month", "2022-04", "2022-04"),
    ("the month before last", "2022-01", "2022-01"),
    ("a month ago", "2022-02", "2022-02"),
    ("three months ago", "2021-12", "2021-12"),
    ("half a year ago", "2021-09", "2021-09"),
    ("in two months", None, "2022-05"),
    ("June last year", "2021-06", "2021-06"),
    ("in June of this year", "2022-06", "2022-06"),
    ("in June next year", "2023-06", "2023-06"),
    ("June, 2021", "2021-06", "2021-06"),
    ("06/2021", "2021-06", "2021-06"),
    # parts of months
    ("early March", "2022-03-01/2022-03-10", "2023-03-01/2023-03-10"),
    ("in early March", "2022-03-01/2022-03-10", "2023-03-01/2023-03-10"),
    ("mid-July", "2021-07-11/2021-07-20", "2022-07-11/2022-07-20"),
    ("in mid July 2021", "2021-07-11/2021-07-20", "2021-07-11/2021-07-20"),
    ("late February", "2022-02-21/2022-02-28", "2023-02-21/2023-02-28"),
    ("late February 2020", "2020-02-21/2020-02-29", "2020-02-21/2020-02-29"),
    ("end of June", "2021-06-21/2021-06-30", "2022-06-21/2022-06-30"),
    ("at the end of March", "2021-03-21/2021-03-31", "2022-03-21/2022-03-31"),
    ("the beginning of June 2021", "2021-06-01/2021-06-10", "2021-06-01/2021-06-10"),
    ("the first half of June", "2021-06-01/2021-06-15", "2022-06-01/2022-06-15"),
    ("the second half of February 2020", "2020-02-16/2020-02-29", "2020-02-16/2020-02-29"),
    ("in the first week of May", "2021-05-01/2021-05-07", "2022-05-01/2022-05-07"),
    ("the last week of May 2021", "2021-05-25/2021-05-31", "2021-05-25/2021-05-31"),
    ("early last month", "2022-02-01/2022-02-10", "2022-02-01/2022-02-10"),
    ("late next month", "2022-04-21/2022-04-30", "2022-04-21/2022-04-30"),
    ("at the end of the month", None, "2022-03-21/2022-03-31"),
    # years
    ("last year", "2021", "2021"),
    ("this year", "2022", "2022"),
    ("next year", "2023", "2023"),
    ("the year before last", "2020", "2020"),
    ("earlier this year", "2022-01-01/2022-03-12", "2022-01-01/2022-03-12"),
    ("later this year", "2022-03-12/2022-12-31", "2022-03-12/2022-12-31"),
    ("two years ago", "2020", "2020"),
    ("about two years ago", "2020~", "2020~"),
    ("almost three years ago", "2019~", "2019~"),
    ("more than three years ago", "/2019", "/2019"),
    ("ten days ago", "2022-03-02", "2022-03-02"),
    ("a hundred days ago", "2021-12-02", "2021-12-02"),
    ("eleven months ago", "2021-04", "2021-04"),
    ("twenty-one years ago", "2001", "2001"),
    ("40 years ago", "1982", "1982"),
    ("a dozen years ago", "2010", "2010"),
    ("a decade ago", "2012~", "2012~"),
    ("two decades ago", "2002~", "2002~"),
    ("half a century ago", "1972~", "1972~"),
    ("around 2011", "2011~", "2011~"),
    ("in two years", None, "2024"),
    ("in two years’ time", "2024", "2024"),
    ("the year 2011", "2011", "2011"),
    # parts of years
    ("late 2020", "2020-10/2020-12", "2020-10/2020-12"),
    ("early 2020", "2020-01/2020-03", "2020-01/2020-03"),
    ("mid-2020", "2020-04/2020-09", "2020-04/2020-09"),
    ("the end of 2020", "2020-10/2020-12", "2020-10/2020-12"),
    ("early last year", "2021-01/2021-03", "2021-01/2021-03"),
    ("at the beginning of next year", "2023-01/2023-03", "2023-01/2023-03"),
    ("at the end of the year", None, "2022-10/2022-12"),
    ("first half of 2021", "2021-40", "2021-40"),
    ("the second half of last year", "2021-41", "2021-41"),
    ("the second quarter of 2020", "2020-34", "2020-34"),
    ("the last quarter of 2020", "2020-36", "2020-36"),
    ("Q3 2020", "2020-35", "2020-35"),
    ("H1 2021", "2021-40", "2021-40"),
    ("the first quarter", "2022-33", "2022-33"),
    ("the fourth quarter", "2021-36", "2022-36"),
    ("last quarter", "2021-36", "2021-36"),
    ("this quarter", "2022-33", "2022-33"),
    ("next quarter", "2022-34", "2022-34"),
    # seasons
    ("in the summer of 2021", "2021-22", "2021-22"),
    ("spring 2020", "2020-21", "2020-21"),
    ("fall of 2019", "2019-23", "2019-23"),
    ("autumn 2019", "2019-23", "2019-23"),
    ("winter of 2020", "2020-24", "2020-24"),
    ("winter 2020-21", "2020-12/2021-02", "2020-12/2021-02"),
    ("last summer", "2021-22", "2021-22"),
    ("this summer", "2022-22", "2022-22"),
    ("next spring", "2023-21", "2023-21"),
    ("in spring", "2022-21", "2022-21"),
    ("last winter", "2021-12/2022-02", "2021-12/2022-02"),
    ("the summer of last year", "2021-22", "2021-22"),
    # decades and centuries
    ("the 1990s", "199X", "199X"),
    ("the early 1990s", "1990/1993", "1990/1993"),
    ("mid-1990s", "1994/1996", "1994/1996"),
    ("the late 1990s", "1997/1999", "1997/1999"),
    ("the ’90s", "199X", "199X"),
    ("the nineties", "199X", "199X"),
    ("the twenties", "202X", "202X"),
    ("the thirties", "193X", "193X"),
    ("the 20th century", "19XX", "19XX"),
    ("the twenty-first century", "20XX", "20XX"),
    # day and month
    ("Sept. 5", "2021-09-05", "2022-09-05"),
    ("Aug 3rd", "2021-08-03", "2022-08-03"),
    ("5 Sep", "2021-09-05", "2022-09-05"),
    ("on the 5th of May", "2021-05-05", "2022-05-05"),
    ("the first of June", "2021-06-01", "2022-06-01"),
    ("June the first", "2021-06-01", "2022-06-01"),
    ("March 12", "2022-03-12", "2022-03-12"),
    ("March 13", "2021-03-13", "2022-03-13"),
    ("last Oct. 23", "2021-10-23", "2021-10-23"),
    ("on the morning of 5 June", "2021-06-05", "2022-06-05"),
    ("5 June at 14:30", "2021-06-05", "2022-06-05"),
    ("29 February", "2020-02-29", "2024-02-29"),
    ("Thursday, Feb. 10", "2022-02-10", None),
    ("Friday, Feb. 10", None, "2023-02-10"),
    # full dates
    ("Saturday, 12 March 2022", "2022-03-12", "2022-03-12"),
    ("5 Sep 2021", "2021-09-05", "2021-09-05"),
    ("the twenty-third of June 2021", "2021-06-23", "2021-06-23"),
    ("2021-06-23", "2021-06-23", "2021-06-23"),
    ("2021/06/23", "2021-06-23", "2021-06-23"),
    ("2021-06-23T10:30Z", "2021-06-23", "2021-06-23"),
    ("23/06/2021", "2021-06-23", "2021-06-23"),
    ("06/23/2021", "2021-06-23", "2021-06-23"),
    ("23.06.2021", "2021-06-23", "2021-06-23"),
    ("03/03/2021", "2021-03-03", "2021-03-03"),
    ("٢٣ June ٢٠٢١", "2021-06-23", "2021-06-23"),
    ("23\u00a0June\u20092021", "2021-06-23", "2021-06-23"),
    ("23 JUNE 2021", "2021-06-23", "2021-06-23"),
    ("Wednesday, June 23, 2021 at 2:30 p.m. EDT", "2021-06-23", "2021-06-23"),
    # ranges
    ("24-25 June", "2021-06-24/2021-06-25", "2022-06-24/2022-06-25"),
    ("June 24–26, 2021", "2021-06-24/2021-06-26", "2021-06-24/2021-06-26"),
    ("from 3 to 5 May", "2021-05-03/2021-05-05", "2022-05-03/2022-05-05"),
    ("between 3 and 5 May 2021", "2021-05-03/2021-05-05", "2021-05-03/2021-05-05"),
    ("May 3 to 5", "2021-05-03/2021-05-05", "2022-05-03/2022-05-05"),
    ("11-13 March", "2021-03-11/2021-03-13", "2022-03-11/2022-03-13"),
    ("between May and July", "2021-05/2021-07", "2022-05/2022-07"),
    ("from May to July 2020", "2020-05/2020-07", "2020-05/2020-07"),
    ("from December to February 2021", "2020-12/2021-02", "2020-12/2021-02"),
    ("from November to February", "2021-11/2022-02", "2022-11/2023-02"),
    ("from May 2020 to July 2021", "2020-05/2021-07", "2020-05/2021-07"),
    ("from May 2020 to July", "2020-05/2020-07", "2020-05/2020-07"),
    ("from 24 June to 3 July 2021", "2021-06-24/2021-07-03", "2021-06-24/2021-07-03"),
    ("31 December – 2 January 2022", "2021-12-31/2022-01-02", "2021-12-31/2022-01-02"),
    ("Dec. 25 to Jan. 3", "2021-12-25/2022-01-03", "2022-12-25/2023-01-03"),
    ("from Monday to Friday", "2022-03-07/2022-03-11", "2022-03-14/2022-03-18"),
    ("between Monday and Wednesday", "2022-03-07/2022-03-09", "2022-03-14/2022-03-16"),
    ("from 2021-05-03 to 2021-05-05", "2021-05-03/2021-05-05", "2021-05-03/2021-05-05"),
    ("2014-2020", "2014/2020", "2014/2020"),
    ("2019-20", "2019/2020", "2019/2020"),
    ("2014/15", "2014/2015", "2014/2015"),
    ("from late 2019 to early 2020", "2019-10/2020-03", "2019-10/2020-03"),
    ("from early March to mid-April 2020", "2020-03-01/2020-04-20", "2020-03-01/2020-04-20"),
    # a day or a week by its place
    ("on the last day of June", "2021-06-30", "2022-06-30"),
    ("on the last day of March", "2021-03-31", "2022-03-31"),
    ("the last day of February 2020", "2020-02-29", "2020-02-29"),
    ("the first day of 2021", "2021-01-01", "2021-01-01"),
    ("the last Friday of March", "2021-03-26", "2022-03-25"),
    ("the first Monday of next month", "2022-04-04", "2022-04-04"),
    ("the second Sunday in May 2021", "2021-05-09", "2021-05-09"),
    ("the week ending 12 March 2022", "2022-03-06/2022-03-12", "2022-03-06/2022-03-12"),
    ("a year ago today", "2021-03-12", "2021-03-12"),
    ("two weeks ago today", "2022-02-26", "2022-02-26"),
    ("a year and a half ago", "2020-09", "2020-09"),
    ("three and a half years ago", "2018-09", "2018-09"),
    ("the first three months of 2021", "2021-01/2021-03", "2021-01/2021-03"),
    ("the last two months of last year", "2021-11/2021-12", "2021-11/2021-12"),
    # open ends
    ("since Thursday", "2022-03-10/..", "2022-03-10/.."),
    ("since April", "2021-04/..", "2021-04/.."),
    ("since 4 April 2019", "2019-04-04/..", "2019-04-04/.."),
    ("since last week", "2022-02-28/..", "2022-02-28/.."),
    ("since the summer of 2021", "2021-06-01/..", "2021-06-01/.."),
    ("ever since 2014", "2014/..", "2014/.."),
    ("from Friday on", "2022-03-11/..", "2022-03-18/.."),
    ("as of 1 June", "2021-06-01/..", "2022-06-01/.."),
    ("until Friday", "../2022-03-11", "../2022-03-18"),
    ("until 2020", "../2020", "../2020"),
    ("until the end of June", "../2021-06", "../2022-06"),
    ("through December 2021", "../2021-12", "../2021-12"),
    ("by Friday", "/2022-03-11", "/2022-03-18"),
    ("no later than 31 March", "/2021-03-31", "/2022-03-31"),
    ("by year’s end", "/2022", "/2022"),
    ("by the end of next week", "/2022-03-20", "/2022-03-20"),
    ("since mid-2019", "2019-04/..", "2019-04/.."),
    ("by the end of the year", "/2022", "/2022"),
    ("by the end of June", "/2021-06", "/2022-06"),
    ("before 2014", "/2013", "/2013"),
    ("before April 2019", "/2019-03", "/2019-03"),
    ("before 1 January 2020", "/2019-12-31", "/2019-12-31"),
    ("before the end of the year", "/2022", "/2022"),
    ("before 10 a.m. on Friday", "/2022-03-11", "/2022-03-18"),
    ("after 2019", "2020/", "2020/"),
    ("after 31 December 2019", "2020-01-01/", "2020-01-01/"),
    ("after next week", "2022-03-21/", "2022-03-21/"),
    # some time from a date
    ("two days after 4 April 2019", "2019-04-06", "2019-04-06"),
    ("the day after 31 December 2019", "2020-01-01", "2020-01-01"),
    ("two days before yesterday", "2022-03-09", "2022-03-09"),
    ("a month before April 2019", "2019-03", "2019-03"),
    ("a year after 2014", "2015", "2015"),
    # lengths up to and from publication
    ("over the past two weeks", "2022-02-26/2022-03-12", "2022-02-26/2022-03-12"),
    ("in the last three days", "2022-03-09/2022-03-12", "2022-03-09/2022-03-12"),
    ("the past year", "2021/2022-03-12", "2021/2022-03-12"),
    ("during the past six months", "2021-09/2022-03-12", "2021-09/2022-03-12"),
    ("in the past 24 hours", "2022-03-11/2022-03-12", "2022-03-11/2022-03-12"),
    ("the next two weeks", "2022-03-12/2022-03-26", "2022-03-12/2022-03-26"),
    ("over the next three months", "2022-03-12/2022-06", "2022-03-12/2022-06"),
    ("within 48 hours", None, "2022-03-12/2022-03-14"),
    ("in the coming days", "2022-03-12/", "2022-03-12/"),
    ("in the next few weeks", "2022-03-12/", "2022-03-12/"),
    # feasts
    ("Christmas Eve", "2021-12-24", "2022-12-24"),
    ("New Year’s Day", "2022-01-01", "2023-01-01"),
    ("New Year’s Eve 2020", "2020-12-31", "2020-12-31"),
    ("last Christmas", "2021-12-25", "2021-12-25"),
    ("Good Friday 2021", "2021-04-02", "2021-04-02"),
    ("Easter Monday 2024", "2024-04-01", "2024-04-01"),
    ("Easter", "2021-04-04", "2022-04-17"),
    ("Orthodox Easter 2021", "2021-05-02", "2021-05-02"),
    ("Thanksgiving 2021", "2021-11-25", "2021-11-25"),
    # other calendars: conversions printed in almanacs
    ("15 Ramadan 1442", "2021-04-26/2021-04-28", "2021-04-26/2021-04-28"),
    ("1 Muharram 1443 AH", "2021-08-08/2021-08-10", "2021-08-08/2021-08-10"),
    ("Ramadan 2021", "2021-04-12/2021-05-13", "2021-04-12/2021-05-13"),
    ("Ramadan 1442", "2021-04-12/2021-05-13", "2021-04-12/2021-05-13"),
    ("during Ramadan", "2021-04-12/2021-05-13", "2022-04-01/2022-05-02"),
    ("Eid al-Fitr 2021", "2021-05-12/2021-05-14", "2021-05-12/2021-05-14"),
    ("Eid al-Adha 2021", "2021-07-19/2021-07-21", "2021-07-19/2021-07-21"),
    ("3 Khordad 1400", "2021-05-24", "2021-05-24"),
    ("22 Bahman 1357", "1979-02-11", "1979-02-11"),
    ("30 Esfand 1403", "2025-03-20", "2025-03-20"),
    ("Nowruz 2021", "2021-03-21", "2021-03-21"),
    ("15 Nisan 5781", "2021-03-28", "2021-03-28"),
    ("1 Tishrei 5782", "2021-09-07", "2021-09-07"),
    ("Yom Kippur 2021", "2021-09-16", "2021-09-16"),
    ("Passover 2021", "2021-03-28/2021-04-03", "2021-03-28/2021-04-03"),
    ("1 Meskerem 2014", "2021-09-11", "2021-09-11"),
    ("Meskerem 1, 2012", "2019-09-12", "2019-09-12"),
]
#: At the edges of weeks, months, years and leap years: words, publication, whether they point ahead, value.
EDGES = [
    ("last week", "2021-01-01", False, "2020-12-21/2020-12-27"),
    ("this week", "2021-01-01", False, "2020-12-28/2021-01-01"),
    ("this week", "2021-01-01", True, "2021-01-01/2021-01-03"),
    ("next week", "2020-12-31", False, "2021-01-04/2021-01-10"),
    ("this week", "2022-03-14", False, "2022-03-14"),
    ("this week", "2022-03-13", True, "2022-03-13"),
    ("last month", "2021-01-31", False, "2020-12"),
    ("next month", "2021-12-01", False, "2022-01"),
    ("a month ago", "2021-03-31", False, "2021-02"),
    ("last quarter", "2021-01-01", False, "2020-36"),
    ("next quarter", "2020-12-31", False, "2021-33"),
    ("yesterday", "2020-03-01", False, "2020-02-29"),
    ("yesterday", "2021-03-01", False, "2021-02-28"),
    ("yesterday", "2021-01-01", False, "2020-12-31"),
    ("tomorrow", "2020-12-31", False, "2021-01-01"),
    ("tomorrow", "2020-02-28", False, "2020-02-29"),
    ("29 February", "2020-02-29", False, "2020-02-29"),
    ("29 February", "2020-02-28", False, "2016-02-29"),
    ("29 February", "2020-03-01", True, "2024-02-29"),
    ("February 29", "1901-06-01", False, "1896-02-29"),  # 1900 is no leap year
    ("31 December", "2021-01-01", False, "2020-12-31"),
    ("January 1", "2020-12-31", True, "2021-01-01"),
    ("December", "2021-12-31", True, "2021-12"),
    ("last December", "2021-12-31", False, "2020-12"),
    ("last December", "2022-01-01", False, "2021-12"),
    ("next January", "2021-01-01", False, "2022-01"),
    ("on Monday", "2022-03-14", False, "2022-03-14"),
    ("on Monday", "2022-03-14", True, "2022-03-14"),
    ("last Monday", "2022-03-14", False, "2022-03-07"),
    ("next Monday", "2022-03-14", False, "2022-03-21"),
    ("on Tuesday", "2021-01-01", False, "2020-12-29"),
    ("last weekend", "2022-03-14", False, "2022-03-12/2022-03-13"),
    ("last weekend", "2022-03-13", False, "2022-03-05/2022-03-06"),
    ("the weekend", "2022-03-11", False, "2022-03-05/2022-03-06"),
    ("the weekend", "2022-03-11", True, "2022-03-12/2022-03-13"),
    ("this winter", "2022-01-10", False, "2021-12/2022-02"),
    ("last winter", "2022-01-10", False, "2020-12/2021-02"),
    ("winter", "2022-11-30", True, "2022-12/2023-02"),
    ("last summer", "2021-07-10", False, "2020-22"),
    ("early March", "2022-02-28", False, "2021-03-01/2021-03-10"),
    ("early March", "2022-03-01", False, "2022-03-01/2022-03-10"),
    ("late December", "2022-12-20", False, "2021-12-21/2021-12-31"),
    ("the 31st", "2022-05-01", False, "2022-03-31"),
    ("the 30th", "2022-03-01", False, "2022-01-30"),
    ("since Friday", "2022-03-11/2022-03-12", False, "2022-03-11/.."),
    ("since Friday", "2022-03-10/2022-03-11", False, "2022-03-04/.."),
    ("until Friday", "2022-03-10/2022-03-11", False, "../2022-03-11"),
    ("last month", "2022-03-31/2022-04-01", False, "2022-02/2022-03"),
    ("yesterday", "2022-03", False, "2022-02-28/2022-03-30"),
    ("Ramadan", "2030-12-31", False, "2030-12-25/2031-01-24"),
    ("Christmas Eve", "2021-12-24", False, "2021-12-24"),
    ("the twenties", "2020-01-01", False, "202X"),
    ("the twenties", "2019-12-31", False, "192X"),
]
#: Words that have the form of date words, and why no rule is sure of them.
DOUBTS = [
    ("03/04/2021", "4 March or 3 April"),
    ("31/02/2021", "no day of the calendar"),
    ("12.11.2021", "12 November or 11 December"),
    ("February 30", "no calendar"),
    ("31 April 2021", "no day 31"),
    ("29 February 2021", "no day 29"),
    ("Friday, 12 March 2022", "was a Saturday"),
    ("13/2021", "no month 13"),
    ("the third half of 2021", "no year has"),
    ("Ramadan 2030", "2030 has 2"),
    ("30 Esfand 1402", "no day 30"),
    ("31 Ramadan 1442", "no day 31"),
    ("1 Adar 5782", "two months Adar"),
    ("from 5 to 3 May", "not before"),
    ("from July to May 2020", None),  # may be July 2019
    ("the winter of last year", "two winters"),
    ("in three days", "future"),
    ("2020-2014", "not before"),
    ("the last days of 2020", "how many days"),
]
NOTHING = [
    "recently", "lately", "soon", "so far", "now", "then", "since then", "by then", "that day", "the same day", "the next day",
    "a few days ago", "several months ago", "some time ago", "days ago", "years ago", "years later", "two days later",
    "two weeks", "for two weeks", "a year", "the year", "every Friday", "daily", "midnight on Friday", "at midnight",
    "Fri the 13th of Nonsense", "May be", "32 June", "0 June", "June 0", "the 32nd", "2021-13-01", "2021-02-30", "1/2/21", "23/6/21",
    "in 21", "in 210", "in 20211", "0000", "Friday and Saturday", "2020 and 2021", "Friday or Saturday", "24 25 June",
    "on Fridays", "10:30", "10 a.m.", "a day", "June July", "in in June", "on on Friday", "since since 2014", "until until now",
    "from Friday to", "between May", "between May and", "last last week", "next to Friday", "the Friday agreement",
    "after", "before", "since", "15 Rammadan 1442", "1 Muharram 1600", "3 Khordad", "Meskerem", "Eid", "the week of Friday",
    "quarter of 2020", "the first Friday", "fifth Friday of March", "half of 2021", "the 1995s", "the 0th century", "first week of 2020", "the summers", "3.5 days ago",
]  # fmt: skip


@pytest.mark.parametrize(("words", "back", "ahead"), EVERYDAY)
def test_everyday_words(words, back, ahead):
    """A wrong day, week, month or year, in either direction; a value where the direction gives none."""
    found = [dates.resolve(words, SATURDAY, future) for future in (False, True)]
    assert [one and one.edtf for one in found] == [back, ahead]


@pytest.mark.parametrize(("words", "published", "future", "value"), EDGES)
def test_edges(words, published, future, value):
    """A step too far or too short where a week, month, year or leap year ends, or the publication date is a span."""
    found = dates.resolve(words, published, future)
    assert found and found.edtf == value


@pytest.mark.parametrize(("words", "reason"), DOUBTS)
def test_a_rule_that_is_not_sure_says_so(words, reason):
    """Words of a known form that mean nothing, or two things, give no value; the reason names what is wrong."""
    if reason is None:
        assert dates.resolve(words, SATURDAY)
    else:
        assert dates.resolve(words, SATURDAY) is None
        assert reason in dates.doubt(words, SATURDAY)


@pytest.mark.parametrize("words", NOTHING)
def test_no_date_words(words):
    """Words that give no date by themselves are not read as if they did, whichever way they point."""
    assert [dates.resolve(words, SATURDAY, future) for future in (False, True)] == [None, None]


@pytest.mark.parametrize("words", [words for words, back, _ in EVERYDAY if back])
def test_marks_blanks_and_capitals_change_nothing(words):
    """Capitals, double and no-break blanks, a comma at the end and invisible characters do not change the meaning."""
    expected = dates.resolve(words, SATURDAY).edtf
    for other in (words.upper(), words.replace(" ", "\u00a0 "), f" {words},", "\u200f" + words):
        assert dates.resolve(other, SATURDAY).edtf == expected


@pytest.mark.parametrize("kind", dates.KINDS, ids=lambda kind: kind.name)
def test_every_kind_says_what_it_does(kind):
    """A kind without a definition, or whose sample is not in the words of its own rule."""
    words, published, value = kind.sample
    assert (dates.resolve(words, published).edtf, dates.resolve(words, published).rule) == (value, kind.name)
    assert len(kind.definition) > 40 and kind.near_miss.endswith(".")


def test_what_is_too_long_is_not_cut():
    """Words that begin like a date and go on are no date; blanks without end change nothing."""
    assert dates.resolve("in 2011" + " and so on" * 50, SATURDAY) is None
    assert dates.resolve("in" + " " * 5000 + "2011", SATURDAY).edtf == "2011"
    assert dates.printed_days("x " * 200 + "Saturday, 12 March 2022") == ["2022-03-12"]


def test_bases():
    """A year that is printed is stated, one that is filled in completed, one that is counted relative; words with
    others inside have the basis of the least certain."""
    cases = {
        "since 4 April 2019": "stated", "since April": "completed", "since Thursday": "relative", "24-25 June": "completed",
        "from 3 to 5 May 2021": "stated", "by the end of the year": "relative", "early March": "completed", "late 2020": "stated",
        "two days after 4 April 2019": "stated", "around 2011": "stated", "15 Ramadan 1442": "stated", "Christmas Eve": "completed",
    }  # fmt: skip
    assert {words: dates.resolve(words, SATURDAY).basis for words in cases} == cases


HOSTILE = [
    "since " * 40 + "2014", "the day before " * 20 + "yesterday", "about " * 50 + "2011", "9" * 5000, "june " * 3000,
    "from " + "to " * 2000, "1-" * 3000, "(" * 5000, "in the " * 2000, " " * 100_000 + "june", "\u200f" * 100_000, "a" * 100_000,
    "10:30 " * 1000, "23/06/2021" * 500, "early " * 1000 + "june", "last " * 999 + "week", "the first half of " * 99 + "june",
]  # fmt: skip


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_take_no_time(words):
    """Words without end, or within each other without end, are read or refused at once."""
    started = time.process_time()
    found = dates.resolve(words, SATURDAY)
    assert time.process_time() - started < 1
    assert found is None or edtf.parse(found.edtf)
