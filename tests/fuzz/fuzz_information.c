/* Pages of information: their canonical text is the same pages, what comes is never over, and what kiosks are told is
 * read with the version that it was told under. */
#include "fuzz.h"

#include "wire/information.h"

static const Date today = { 2026, 11, 24 };

static void look(const Article *article)
{
    const ArticleItem *come[ARTICLE_ITEMS_MOST];
    Date from, to;

    for (size_t b = 0; b < article->block_count; b++) {
        const ArticleBlock *block = &article->blocks[b];
        size_t count = block->kind == ARTICLE_ITEMS ? article_items_to_come(block, today, come) : 0;

        FUZZ_HOLDS(count <= block->count);
        for (size_t i = 0; i < count; i++) {
            FUZZ_HOLDS(article_item_comes(come[i], today, &from, &to));
            FUZZ_HOLDS(!to.month || date_compare(to, today) >= 0);
            FUZZ_HOLDS(!from.month || !to.month || date_compare(from, to) <= 0);
        }
    }
}

static void tell(const Information *information, const OfficeHours *hours)
{
    char version[INFORMATION_VERSION_SIZE];
    Error err = { 0 };
    OWNED_BUF text, answer;

    buf_init(&text, 64u << 10);
    buf_init(&answer, 2 * INFORMATION_BYTES_MOST);
    FUZZ_HOLDS(office_hours_write(hours, &text, &err) && information_tell(information, buf_str(&text), &answer, &err) &&
               information_version_told(information, buf_str(&text), version, &err));
    OWNED(Information) told = information_parse(buf_str(&answer), &err);
    FUZZ_HOLDS(told && strcmp(information_version(told), version) == 0);
    FUZZ_HOLDS(information_hours(told)->span_count == hours->span_count);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const OfficeHours none;
    Error err = { 0 };
    OWNED(Information) information = information_parse(fuzz_str(data, size), &err);

    if (!information)
        return 0;
    for (size_t i = 0; i < information_count(information); i++) {
        const Article *article = information_at(information, i);

        FUZZ_HOLDS(information_find(information, article->id) == article);
        look(article);
    }
    OWNED(Information) again = information_parse(information_json(information), &err);
    FUZZ_HOLDS(again && information_count(again) == information_count(information));
    tell(information, information_hours(information) ? information_hours(information) : &none);
    return 0;
}
