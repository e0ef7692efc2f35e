/* What the university tells: pages that anybody reads, most of them without signing in, and what each service is.  From
 * there to a service: who has not signed in does so first. */
#include "kiosk/app/flow.h"

#include <string.h>

#include "base/memory.h"

/* --- the pages themselves ----------------------------------------------------------------------------------------- */

static const char *known_version(const Model *model)
{
    const Information *newest = model->information_next ? model->information_next : model->information;

    return newest ? information_version(newest) : "";
}

void information_ask(const Step *step)
{
    Cmd *cmd = step_machine_cmd(step, CMD_INFORMATION);

    str_copy_cut(str_from(known_version(step->model)), cmd->as.known.etag, sizeof cmd->as.known.etag);
}

void information_heartbeat(const Step *step)
{
    const char *told = step->msg->as.heartbeat.information;

    if (told[0] && strcmp(known_version(step->model), told) != 0)
        information_ask(step);
}

void information_change(Model *model)
{
    if (!model->information_next)
        return;
    information_drop(model->information);
    model->information = steal(&model->information_next);
}

/* Whoever reads goes on reading what they read: a visit keeps its pages. */
void information_take(const Step *step)
{
    Model *model = step->model;

    if (step->msg->kind == MSG_FAILED) { /* asked for again with the next heartbeat */
        if (step->msg->as.failed.problem.kind == PROBLEM_BUSY)
            machine_doubt(step);
        return;
    }
    if (!step->msg->as.information)
        return;
    information_drop(model->information_next);
    model->information_next = steal(&step->msg->as.information);
    if (!step->visit->active || !model->information)
        information_change(model);
}

bool model_tells(const Model *model, const Article *article)
{
    return article->open || model->visit.signed_in;
}

bool model_informs(const Model *model)
{
    for (size_t i = 0; model->information && i < information_count(model->information); i++)
        if (model_tells(model, information_at(model->information, i)))
            return true;
    return false;
}

/* --- what is read ------------------------------------------------------------------------------------------------- */

static const ReadThing *on_glass(const Model *model)
{
    const ReadingState *reading = &model->visit.reading;

    return reading->depth ? &reading->trail[reading->depth - 1] : NULL;
}

const Article *model_article(const Model *model)
{
    const ReadThing *thing = on_glass(model);

    return thing && !thing->of_service && model->information ? information_find(model->information, thing->id) : NULL;
}

const Service *model_about(const Model *model)
{
    const ReadThing *thing = on_glass(model);

    return thing && thing->of_service && model->catalogue ? catalogue_find(model->catalogue, str_from(thing->id))
                                                          : NULL;
}

static void drop_codes(ReadingState *reading)
{
    for (size_t i = 0; i < COUNT(reading->codes); i++)
        code_drop(&reading->codes[i]);
}

void information_forget(Visit *visit, bool wanted)
{
    ReadingState *reading = &visit->reading;
    char kept[SERVICE_ID_MOST] = "";

    drop_codes(reading);
    if (!wanted)
        memcpy(kept, reading->wanted, sizeof kept);
    mem_wipe(reading, sizeof *reading);
    memcpy(reading->wanted, kept, sizeof reading->wanted);
}

/* The codes of the page's links, in their order. */
static void keep_codes(const Step *step)
{
    ReadingState *reading = &step->visit->reading;
    const Article *article = model_article(step->model);
    size_t at = 0;

    for (size_t b = 0; article && b < article->block_count; b++) {
        const ArticleBlock *block = &article->blocks[b];

        if (block->kind == ARTICLE_LINK && at < COUNT(reading->codes))
            (void)code_keep_small(step->model, &reading->codes[at++], block->address);
        for (size_t i = 0; block->kind == ARTICLE_ITEMS && i < block->count; i++)
            if (block->items[i].link && at < COUNT(reading->codes))
                (void)code_keep_small(step->model, &reading->codes[at++], block->items[i].link);
    }
}

void information_time(const Step *step)
{
    if (step->visit->screen == SCREEN_ARTICLE)
        keep_codes(step); /* drawn anew where the glass is another, else as they are */
}

static void show(const Step *step)
{
    drop_codes(&step->visit->reading);
    step_show(step, step->visit->reading.depth ? SCREEN_ARTICLE : SCREEN_INFORMATION);
}

/* One further on; the way back is as long as it has room. */
static void read_on(const Step *step, bool of_service, const char *id)
{
    ReadingState *reading = &step->visit->reading;

    if (reading->depth == READ_TRAIL_MOST) {
        memmove(reading->trail, reading->trail + 1, sizeof reading->trail - sizeof reading->trail[0]);
        reading->depth--;
    }
    ReadThing *thing = &reading->trail[reading->depth++];
    *thing = (ReadThing){ .of_service = of_service };
    str_copy_cut(str_from(id), thing->id, sizeof thing->id);
    show(step);
}

static void read_page(const Step *step, size_t index)
{
    const Information *information = step->model->information;

    if (!information || index >= information_count(information) ||
        !model_tells(step->model, information_at(information, index)))
        return;
    read_on(step, false, information_at(information, index)->id);
}

void information_read(const Step *step, size_t index)
{
    information_forget(step->visit, false);
    read_page(step, index);
}

/* A topic of one page is no choice: it opens at once. */
static void open_topic(const Step *step, int topic)
{
    const Information *information = step->model->information;
    size_t count = 0, only = 0;

    for (size_t i = 0; information && i < information_count(information); i++) {
        const Article *article = information_at(information, i);

        if ((int)article->topic != topic || !model_tells(step->model, article))
            continue;
        only = i;
        count++;
    }
    if (count == 1)
        read_page(step, only);
    else if (count > 1) {
        step->visit->reading.topic = 1 + topic;
        show(step);
    }
}

void information_open(const Step *step, uint16_t topic)
{
    ReadingState *reading = &step->visit->reading;

    draft_open_is_over(step->visit);
    information_forget(step->visit, false);
    reading->first = !step->visit->signed_in;
    reading->listed = true;
    show(step);
    if (topic < INFORMATION_TOPIC_COUNT)
        open_topic(step, topic);
}

/* --- to a service ------------------------------------------------------------------------------------------------- */

static void sign_in_first(const Step *step)
{
    Visit *visit = step->visit;

    mem_wipe(&visit->sign_in, sizeof visit->sign_in);
    sign_in_focus(visit, SIGN_IN_NUMBER);
    step_show(step, SCREEN_SIGN_IN);
}

static void want(const Step *step, const Service *service)
{
    Visit *visit = step->visit;

    if (visit->signed_in && visit->home) {
        if (model_offers(step->model, service))
            service_open(step, service);
        return;
    }
    str_copy_cut(str_from(service->id), visit->reading.wanted, sizeof visit->reading.wanted);
    sign_in_first(step);
}

bool information_return(const Step *step)
{
    Visit *visit = step->visit;

    if (visit->signed_in || !visit->reading.first || visit->waiting.command != CMD_NONE)
        return false;
    mem_wipe(&visit->sign_in, sizeof visit->sign_in);
    mem_wipe(visit->reading.wanted, sizeof visit->reading.wanted);
    show(step);
    return true;
}

void information_go_on(const Step *step)
{
    Visit *visit = step->visit;
    const Catalogue *catalogue = step->model->catalogue;
    const Service *service =
        catalogue && visit->reading.wanted[0] ? catalogue_find(catalogue, str_from(visit->reading.wanted)) : NULL;

    mem_wipe(visit->reading.wanted, sizeof visit->reading.wanted);
    if (service && visit->screen == SCREEN_HOME && model_offers(step->model, service))
        service_open(step, service);
}

/* --- acts --------------------------------------------------------------------------------------------------------- */

static void back(const Step *step)
{
    ReadingState *reading = &step->visit->reading;

    if (reading->depth > 1 || (reading->depth == 1 && reading->listed)) {
        mem_wipe(&reading->trail[--reading->depth], sizeof reading->trail[0]);
        show(step);
    } else if (reading->topic) {
        reading->topic = 0;
        show(step);
    } else if (step->visit->signed_in) {
        information_forget(step->visit, true);
        home_return(step);
    } else
        visit_leave(step, LEAVING_FINISH);
}

void information_act(const Step *step, Act act, uint16_t arg)
{
    Visit *visit = step->visit;
    const Catalogue *catalogue = step->model->catalogue;
    const Service *service = catalogue && arg < catalogue_count(catalogue) ? catalogue_at(catalogue, arg) : NULL;

    if (act == ACT_FINISH)
        visit_leave(step, LEAVING_FINISH);
    else if (act == ACT_BACK)
        back(step);
    else if (act == ACT_HOME && visit->signed_in)
        home_open(step);
    else if (act == ACT_START && !visit->signed_in)
        sign_in_first(step);
    else if (act == ACT_INFORMATION && arg < INFORMATION_TOPIC_COUNT)
        open_topic(step, arg);
    else if (act == ACT_ARTICLE)
        read_page(step, arg);
    else if (act == ACT_ABOUT && service)
        read_on(step, true, service->id);
    else if (act == ACT_SERVICE && service)
        want(step, service);
}
