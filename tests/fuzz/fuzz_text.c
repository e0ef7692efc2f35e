/* Numbers, dates, languages and UTF-8. */
#include "fuzz.h"

#include "base/date.h"

static void walk(Str text)
{
    size_t bytes = 0, points = 0;
    Str rest = text;

    while (rest.len > 0) {
        char written[4];
        uint32_t c = utf8_next(&rest);
        size_t len = utf8_write(c, written);
        FUZZ_HOLDS(memcmp(written, text.ptr + bytes, len) == 0);
        (void)!utf8_is_unwanted(c);
        bytes += len;
        points++;
    }
    FUZZ_HOLDS(bytes == text.len && points == utf8_count(text));
    FUZZ_HOLDS(utf8_without_last(text) < text.len || text.len == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Str text = fuzz_str(data, size);
    uint64_t u;
    int64_t i;
    Date date;
    Language language;
    char cut[16];
    OWNED_BUF written;

    buf_init(&written, 4096);
    if (str_to_u64(text, 3, 5000000, &u))
        FUZZ_HOLDS(u >= 3 && u <= 5000000);
    if (str_to_i64(text, INT64_MIN, INT64_MAX, &i) && text.ptr[0] != '-')
        FUZZ_HOLDS(i >= 0);
    if (date_parse(text, &date)) {
        date_write(&written, date, LANGUAGE_UZ, DATE_ISO);
        FUZZ_HOLDS(str_equal(buf_str(&written), text));
        for (int style = DATE_WORDS; style <= DATE_ISO; style++)
            for (int in = 0; in < LANGUAGE_COUNT; in++)
                date_write(&written, date, (Language)in, (DateStyle)style);
        FUZZ_HOLDS(date_compare(date_time_at(date_start_s(date, 300) * 1000, 300).date, date) == 0);
    }
    if (language_parse(text, &language))
        FUZZ_HOLDS(str_equal_text(text, language_tag(language)));
    if (utf8_valid(text)) {
        walk(text);
        str_copy_cut(text, cut, sizeof cut);
        FUZZ_HOLDS(utf8_valid(str_from(cut)));
    }
    return 0;
}
