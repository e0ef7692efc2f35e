/* All services and pages of information, by what is typed: their names in any language and script. */
#include "kiosk/screens/build.h"
#include "kiosk/screens/offer.h"

#include "base/name.h"
#include "kiosk/ui/picklist.h"

static bool matches(const LocalText *text, const char *typed)
{
    for (int i = 0; i < LANGUAGE_COUNT; i++)
        if (name_matches(str_from(local_text(text, (Language)i)), str_from(typed)))
            return true;
    return false;
}

/* By its name first; what it is for finds it too. */
static bool is_found(const Service *service, const char *typed)
{
    return matches(&service->title, typed) || matches(&service->help, typed);
}

static bool is_told(const Page *page, size_t index, const char *typed)
{
    const Article *article = information_at(page->model->information, index);

    return model_tells(page->model, article) && (matches(&article->title, typed) || matches(&article->help, typed));
}

static size_t page_count(const Page *page)
{
    return page->model->information ? information_count(page->model->information) : 0;
}

static const char *found_words(Page *page, size_t found, size_t all)
{
    if (found == 0)
        return say(page, "Nothing is called so. Type fewer letters.");
    if (found == all)
        return NULL;
    return fill(page, say(page, "{0} of {1}"), words_number(page, (int64_t)found), words_number(page, (int64_t)all));
}

static void item(Page *page, const PickList *list, size_t index)
{
    const Service *service = catalogue_at(page->model->catalogue, index);
    PickItem item = { .id = tree_format(page->tree, "home.service.%s", service->id),
                      .label = words_local(page, &service->title),
                      .help = offer_words(page, service),
                      .opens = true,
                      .language = page->language,
                      .send = { ACT_SERVICE, (uint16_t)index } };

    picklist_item(page->tree, list, &item);
}

static void page_item(Page *page, const PickList *list, size_t index)
{
    const Article *article = information_at(page->model->information, index);
    PickItem item = { .id = tree_format(page->tree, "information.page.%s", article->id),
                      .label = words_local(page, &article->title),
                      .help = words_local(page, &article->help),
                      .opens = true,
                      .language = page->language,
                      .send = { ACT_ARTICLE, (uint16_t)index } };

    picklist_item(page->tree, list, &item);
}

void screen_search(Page *page)
{
    const Catalogue *catalogue = page->model->catalogue;
    const char *typed = page->visit->search;
    size_t found = 0, all = 0;

    for (size_t i = 0; i < page_count(page); i++) {
        all += model_tells(page->model, information_at(page->model->information, i));
        found += is_told(page, i, typed);
    }
    for (size_t i = 0; i < catalogue_count(catalogue); i++) {
        bool offered = model_offers(page->model, catalogue_at(catalogue, i));
        all += offered;
        found += offered && is_found(catalogue_at(catalogue, i), typed);
    }
    PickList list = { .id = "search",
                      .label = page_is_scarce(page) ? "" : say(page, "Search"),
                      /* TRANSLATORS: in the empty field that services are searched with */
                      .hint = say(page, "What do you need? The first letters do"),
                      .typed = typed,
                      .clear = say(page, "Clear"),
                      .found = found_words(page, found, all),
                      .none = found == 0,
                      .filling = true,
                      .whole = page->wide,
                      .send_search = { ACT_SEARCH, 1 },
                      .send_clear = { ACT_SEARCH, 0 } };
    page->lean = page->height < MM_LEAN;
    frame_open_typing(page);
    picklist_open(page->tree, &list);
    for (size_t i = 0; i < catalogue_count(catalogue); i++)
        if (model_offers(page->model, catalogue_at(catalogue, i)) && is_found(catalogue_at(catalogue, i), typed))
            item(page, &list, i);
    for (size_t i = 0; i < page_count(page); i++)
        if (is_told(page, i, typed))
            page_item(page, &list, i);
    picklist_close(page->tree, &list);
    frame_keyboard(page);
    frame_bar(page);
    part_back(page);
    frame_close(page);
}
