#include "wire/papers.h"

#include <string.h>

#include "base/memory.h"
#include "wire/json.h"

static const char *const states[] = {
    [PAPERS_OFFERED] = "offered", [PAPERS_OPENED] = "opened",   [PAPERS_GIVEN] = "given",
    [PAPERS_ENDED] = "ended",     [PAPERS_EXPIRED] = "expired",
};
static_assert(COUNT(states) == PAPERS_STATE_COUNT, "one word per state");
static_assert(PAPERS_PAGES_MOST == PAPER_PHOTOS_MOST, "a question's own limit is no higher");

static const Member wanted_members[] = {
    MEMBER_OF_TEXT(ApiPapersWanted, service),
    MEMBER_OF_TEXT(ApiPapersWanted, field),
};

static const Member papers_members[] = {
    MEMBER_OF_TEXT(ApiPapers, id),
    MEMBER_OF_TEXT(ApiPapers, address, .optional = true),
    MEMBER_OF_WORD(ApiPapers, state, states),
    MEMBER_OF_INT(ApiPapers, pages, 0, PAPERS_PAGES_MOST),
    MEMBER_OF_INT(ApiPapers, most, 1, PAPERS_PAGES_MOST),
    MEMBER_OF_INT(ApiPapers, seconds_left, 0, 86400),
};

static bool write(const Member *members, size_t count, const void *object, Buf *buf, Error *err)
{
    OWNED(json_t) json = members_write(members, count, object, err);

    return json && json_write(json, buf, err);
}

/* Left zero on failure: no half of a secret stays. */
static bool read(const Member *members, size_t count, Str text, void *object, size_t size, Error *err)
{
    OWNED(json_t) json = json_read(text, NULL);

    memset(object, 0, size);
    if (!json)
        return error_set(err, ERR_PROTOCOL, "papers: no JSON");
    if (members_read(members, count, json, object, err))
        return true;
    mem_wipe(object, size);
    return false;
}

bool api_papers_wanted_write(const ApiPapersWanted *wanted, Buf *buf, Error *err)
{
    return write(wanted_members, COUNT(wanted_members), wanted, buf, err);
}

bool api_papers_wanted_read(Str json, ApiPapersWanted *ret, Error *err)
{
    return read(wanted_members, COUNT(wanted_members), json, ret, sizeof *ret, err);
}

bool api_papers_write(const ApiPapers *papers, Buf *buf, Error *err)
{
    return write(papers_members, COUNT(papers_members), papers, buf, err);
}

bool api_papers_read(Str json, ApiPapers *ret, Error *err)
{
    return read(papers_members, COUNT(papers_members), json, ret, sizeof *ret, err);
}
