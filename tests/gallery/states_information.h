/* States of what the university tells: topics, pages of every kind, what a service is; with and without signing in. */
#ifndef GALLERY_STATES_INFORMATION_H
#define GALLERY_STATES_INFORMATION_H

#include <unistd.h>

#include "gallery/states_applications.h"

/* The office's hours, with a break, a Saturday and days off that come. */
#define TOLD_HOURS                                                                                                     \
    "\"hours\":{\"week\":[{\"day\":1,\"from\":540,\"to\":780},{\"day\":1,\"from\":840,\"to\":1080},"                   \
    "{\"day\":2,\"from\":540,\"to\":780},{\"day\":2,\"from\":840,\"to\":1080},"                                        \
    "{\"day\":3,\"from\":540,\"to\":780},{\"day\":3,\"from\":840,\"to\":1080},"                                        \
    "{\"day\":4,\"from\":540,\"to\":780},{\"day\":4,\"from\":840,\"to\":1080},"                                        \
    "{\"day\":5,\"from\":540,\"to\":780},{\"day\":5,\"from\":840,\"to\":1080},"                                        \
    "{\"day\":6,\"from\":540,\"to\":720}],\"closed\":[\"2026-12-08\",\"2027-01-01\"],\"moved\":[],"                    \
    "\"phone\":\"+998 71 200 00 00\",\"email\":\"registrator@namuna.uz\",\"address\":{"                                \
    "\"uz\":\"100174, Toshkent shahri, Universitet koʻchasi, 4-uy\","                                                 \
    "\"uz-Cyrl\":\"100174, Тошкент шаҳри, Университет кўчаси, 4-уй\","                  \
    "\"ru\":\"100174, город Ташкент, улица Университетская, дом 4\","               \
    "\"en\":\"4 University Street, Tashkent 100174, Uzbekistan\"}}"

static inline void told_add(Buf *all, const char *folder, const char *name)
{
    char path[512];
    Error err = { 0 };
    OWNED_BUF json;

    buf_init(&json, 1u << 20);
    assert_true(snprintf(path, sizeof path, "%s/%s/%s", SOURCE_DIR, folder, name) > 0);
    if (!file_read(path, &json, &err))
        fail_msg("%s", err.text);
    buf_add_text(all, buf_str(all).ptr[all->len - 1] == '[' ? "" : ",");
    buf_add_str(all, buf_str(&json));
}

static inline void told_folder(Buf *all, const char *folder, const char *instead)
{
    char path[512], own[512];
    struct dirent **names = NULL;

    assert_true(snprintf(path, sizeof path, "%s/%s", SOURCE_DIR, folder) > 0);
    int count = scandir(path, &names, NULL, alphasort);
    assert_true(count > 0);
    for (int i = 0; i < count; i++) {
        assert_true(snprintf(own, sizeof own, "%s/%s/%s", SOURCE_DIR, instead ? instead : "none", names[i]->d_name) >
                    0);
        if (str_ends(str_from(names[i]->d_name), STR(".json")) && (!instead || access(own, F_OK) != 0))
            told_add(all, folder, names[i]->d_name);
        free(names[i]);
    }
    free(names);
}

/* The program's pages, with the demo university's own before them. */
static inline void told(Glass *glass)
{
    Msg msg = { .kind = MSG_INFORMATION };
    Error err = { 0 };
    OWNED_BUF all;

    buf_init(&all, INFORMATION_BYTES_MOST);
    buf_add_text(&all, "{" TOLD_HOURS ",\"pages\":[");
    told_folder(&all, "kiosk/information", "assets/demo/information");
    told_folder(&all, "assets/demo/information", NULL);
    buf_add_text(&all, "]}");
    msg.as.information = information_parse(buf_str(&all), &err);
    if (!msg.as.information)
        fail_msg("%s", err.text);
    glass_send(glass, &msg);
}

/* Nobody has signed in. */
static void information(Glass *glass)
{
    glass->catalogue_json = applications_catalogue();
    attract(glass);
    told(glass);
    glass_act(glass, ACT_INFORMATION, INFORMATION_TOPIC_COUNT);
}

static void attract_informs(Glass *glass)
{
    glass->catalogue_json = applications_catalogue();
    attract(glass);
    told(glass);
}

static void information_topic(Glass *glass)
{
    information(glass);
    glass_act(glass, ACT_INFORMATION, TOPIC_STUDY);
}

static void article(Glass *glass, const char *id)
{
    information(glass);
    glass_act(glass, ACT_ARTICLE, (uint16_t)information_index(glass->model.information, id));
}

static void article_hours(Glass *glass)
{
    article(glass, "hours");
}

static void article_text(Glass *glass)
{
    article(glass, "housing");
}

static void article_rows(Glass *glass)
{
    article(glass, "credits");
}

static void article_events(Glass *glass)
{
    article(glass, "events");
}

static void article_clubs(Glass *glass)
{
    article(glass, "clubs");
}

static void article_foreign(Glass *glass)
{
    article(glass, "foreign-students");
}

static void article_ground(Glass *glass)
{
    article(glass, "legal-ground");
}

static void article_services(Glass *glass)
{
    article(glass, "services");
}

static void article_abroad(Glass *glass)
{
    article(glass, "study-abroad");
}

static uint16_t told_service(const Glass *glass, const char *id)
{
    const Catalogue *catalogue = glass->model.catalogue;
    size_t i = 0;

    while (i < catalogue_count(catalogue) && strcmp(catalogue_at(catalogue, i)->id, id) != 0)
        i++;
    assert_true(i < catalogue_count(catalogue));
    return (uint16_t)i;
}

static void about_service(Glass *glass)
{
    article_services(glass);
    glass_act(glass, ACT_ABOUT, told_service(glass, "transfer"));
}

static void sign_in_for_service(Glass *glass)
{
    about_service(glass);
    glass_act(glass, ACT_SERVICE, told_service(glass, "transfer"));
}

/* Signed in: a page that leads to services of this student. */
static void article_signed_in(Glass *glass)
{
    applications(glass);
    told(glass);
    glass_act(glass, ACT_INFORMATION, TOPIC_STUDY);
    glass_act(glass, ACT_ARTICLE, (uint16_t)information_index(glass->model.information, "retakes"));
}

static void search_pages(Glass *glass)
{
    applications(glass);
    told(glass);
    glass_act(glass, ACT_SEARCH, 1);
    glass_type(glass, "koʻch");
}

#endif
