/* Plays events: message, app_update, what the devices note, and what must hold. */
#include "visits.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "kiosk/screens/screens.h"
#include "visits_count.h"

#define WALL_MS INT64_C(1795512720000) /* 2026-11-24 14:32 in Tashkent */

/* An assertion of the kiosk's that fails is a broken invariant like any other: it shrinks and replays. */
static sigjmp_buf way_back;
static volatile sig_atomic_t can_come_back;

static void on_abort(int number)
{
    if (can_come_back)
        siglongjmp(way_back, number);
}

void player_break(Player *player, const char *check, const char *format, ...)
{
    va_list args;

    if (player->broken)
        return;
    player->broken = check;
    va_start(args, format);
    (void)!vsnprintf(player->broken_text, sizeof player->broken_text, format, args);
    va_end(args);
}

bool player_open(Player *player, Plant plant)
{
    Error err = { 0 };
    struct sigaction action = { .sa_handler = on_abort };
    AppConfig config = { .institution = { "Namuna", "Namuna", "Namuna", "Namuna" },
                         .place = "Bosh bino, 1-qavat",
                         .utc_offset_minutes = 300,
                         .built_s = WALL_MS / 1000 - 86400,
                         .language = LANGUAGE_UZ,
                         .version = "0.1.0" };

    memset(player, 0, sizeof *player);
    owned_count = (OwnedCount){ 0 };
    sigaction(SIGABRT, &action, NULL);
    player->plant = plant;
    player->now_ms = 1000;
    player->wall_ms = WALL_MS;
    player->texts = texts_none(&err);
    player->tree = tree_new(&err);
    player->fresh = mem_new(1, sizeof player->model);
    if (!player->texts || !player->tree || !player->fresh || !world_open(&player->world, &err)) {
        (void)!fprintf(stderr, "visits: %s\n", err.text);
        player_close(player);
        return false;
    }
    config.texts = player->texts;
    app_init(&player->model, &config);
    memcpy(player->fresh, &player->model, sizeof player->model);
    return true;
}

void player_close(Player *player)
{
    app_fini(&player->model);
    cmd_fini(&player->planted);
    world_close(&player->world);
    tree_free(player->tree);
    texts_close(player->texts);
    mem_free(player->fresh);
    memset(player, 0, sizeof *player);
}

const Tree *player_tree(Player *player)
{
    if (!player->tree_fresh) {
        tree_clear(player->tree, model_language(&player->model));
        screen_build(&player->model, player->tree);
        player->tree_fresh = true;
    }
    return player->tree;
}

/* --- planted defects: what the checks must find ------------------------------------------------------------------- */

static Cmd *find_command(Player *player, CmdKind kind)
{
    for (size_t i = 0; i < player->cmds.count; i++)
        if (player->cmds.items[i].kind == kind)
            return &player->cmds.items[i];
    return NULL;
}

static void keep_printed(Player *player)
{
    const Cmd *print = find_command(player, CMD_PRINT);
    Cmd *settled = find_command(player, CMD_SETTLED);

    if (print) {
        cmd_fini(&player->planted);
        player->planted = *print;
        player->planted.as.print.pdf = blob_keep(print->as.print.pdf);
    } else if (settled && player->planted.kind &&
               strcmp(settled->as.settled.job, player->planted.as.print.job.id) == 0) {
        *settled = player->planted;
        player->planted = (Cmd){ 0 };
    }
}

static void tamper(Player *player)
{
    Cmd *cmd;

    switch (player->plant) {
    case PLANT_KEEPS_NAME:
        if (find_command(player, CMD_FORGET) && find_command(player, CMD_SIGN_OUT))
            memcpy(player->model.place + 60, MARK "bQ given", 11);
        break;
    case PLANT_PRINTS_TWICE: keep_printed(player); break;
    case PLANT_DROPS_SESSION:
        cmd = find_command(player, CMD_SIGN_OUT);
        if (cmd && !find_command(player, CMD_CANCEL_REQUESTS))
            player->cmds.count--;
        break;
    case PLANT_MIXES_VISITS:
        cmd = find_command(player, CMD_HOME);
        if (cmd && cmd->visit > 1)
            cmd->visit--;
        break;
    case PLANT_NEW_KEY:
        cmd = find_command(player, CMD_ISSUE);
        if (cmd && player->asking_key[0] && cmd->as.issue.request.again)
            cmd->as.issue.key[0] = cmd->as.issue.key[0] == 'a' ? 'b' : 'a';
        break;
    case PLANT_SLEEPS_NOT: /* visits_check.c */
    case PLANT_NONE:
    case PLANT_COUNT: break;
    }
}

/* --- one event ---------------------------------------------------------------------------------------------------- */

static void set_time(Player *player, const Event *event, Msg *msg)
{
    int64_t after_ms = event->after_ms;
    RandomSeeded seed;
    Random random = random_seeded(&seed, 1000 + player->taken);

    if (event->kind == MSG_TICK && event->v[0]) {
        int64_t wake_ms = app_next_wake(&player->model) - player->now_ms;
        if (wake_ms > 0 && wake_ms < INT64_C(86400000))
            after_ms += wake_ms;
    }
    player->now_ms += after_ms;
    player->wall_ms += after_ms + (int64_t)event->wall_s * 1000;
    msg->monotonic_ms = player->now_ms;
    msg->at_ms = player->wall_ms;
    (void)!random_fill(&random, msg->random, sizeof msg->random, NULL);
}

static void count(Player *player, const Event *event, const Before *before)
{
    Coverage *coverage = &player->coverage;
    const Model *model = &player->model;

    if (event->kind < MSG_KIND_COUNT)
        coverage->messages[before->screen][event->kind]++;
    else
        coverage->bad++;
    for (size_t i = 0; i < player->cmds.count; i++) {
        CmdKind kind = player->cmds.items[i].kind;
        if (kind < CMD_KIND_COUNT)
            coverage->commands[kind]++;
        coverage->prints += kind == CMD_PRINT;
        coverage->visits += kind == CMD_FORGET;
    }
    if (model->visit.active && model->visit.screen == SCREEN_FAULT &&
        (before->screen != SCREEN_FAULT || before->fault != model->visit.fault.kind))
        coverage->faults[model->visit.fault.kind]++;
}

static void take(Player *player, const Event *event)
{
    Msg msg, seen;
    Before before;

    world_message(player, event, &msg);
    set_time(player, event, &msg);
    check_before(player, &msg, &before);
    seen = msg; /* app_update wipes it; what it owns is not looked at afterwards */
    player->taken++;
    player->tree_fresh = false;
    app_update(&player->model, &msg, &player->cmds);
    if (player->plant != PLANT_NONE)
        tamper(player);
    count(player, event, &before);
    check_after(player, event, &seen, &before);
    for (size_t i = 0; i < player->cmds.count; i++)
        if (player->cmds.items[i].kind < CMD_KIND_COUNT)
            world_take(player, &player->cmds.items[i]);
    for (size_t i = 0; i < player->cmds.count; i++)
        cmd_fini(&player->cmds.items[i]);
    player->cmds.count = 0;
    mem_wipe(&seen, sizeof seen);
}

bool player_take(Player *player, const Event *event)
{
    can_come_back = 1;
    if (sigsetjmp(way_back, 1) == 0)
        take(player, event);
    else
        player_break(player, "assertion", "the kiosk ended itself on this message");
    can_come_back = 0;
    return !player->broken;
}

const char *events_play(const Events *events, Plant plant, char text[200], size_t *ret_taken)
{
    static Player player;
    const char *broken;
    size_t i = 0;

    if (!player_open(&player, plant))
        return "no memory";
    while (i < events->count && player_take(&player, &events->items[i]))
        i++;
    broken = player.broken;
    memcpy(text, player.broken_text, 200);
    *ret_taken = i;
    player_close(&player);
    return broken;
}
