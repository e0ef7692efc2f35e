#include "registrar/office/shelf_files.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/crypto.h"
#include "base/file.h"
#include "base/memory.h"
#include "wire/json.h"

static const char *const kind_names[] = {
    [SHELF_SERVICE] = "service",
    [SHELF_TEMPLATE] = "template",
    [SHELF_WORDS] = "words",
    [SHELF_INFORMATION] = "information",
};
static_assert(COUNT(kind_names) == SHELF_KIND_COUNT, "one name per ShelfKind");

const char *shelf_kind_name(ShelfKind kind)
{
    return kind_names[kind];
}

void shelf_put_name(ShelfKind kind, const char *id, char ret[SHELF_PUT_NAME_SIZE])
{
    (void)snprintf(ret, SHELF_PUT_NAME_SIZE, "/office/v1/%s%s/%.47s", kind_names[kind],
                   kind == SHELF_INFORMATION ? "" : "s", id);
}

/* Without what is no whole letter: names of files are any bytes, and words may have been cut within one; no JSON and
 * no table takes that. */
static void copy_letters(const char *text, char *array, size_t size)
{
    Str rest = str_from(text);
    size_t used = 0, len;

    for (; rest.len > 0; rest = (Str){ rest.ptr + len, rest.len - len }) {
        for (len = 1; len < 4 && len < rest.len && !utf8_valid((Str){ rest.ptr, len }); len++)
            continue;
        if (!utf8_valid((Str){ rest.ptr, len })) {
            len = 1;
            continue;
        }
        if (used + len >= size)
            break;
        memcpy(array + used, rest.ptr, len);
        used += len;
    }
    array[used] = '\0';
}

bool shelf_fault(ShelfFaults *faults, const char *file, const char *path, const char *format, ...)
{
    char words[160];
    va_list args;

    va_start(args, format);
    (void)vsnprintf(words, sizeof words, format, args);
    va_end(args);
    if (faults->count == SHELF_FAULTS_MOST)
        return false;
    ShelfFault *fault = &faults->items[faults->count++];
    *fault = (ShelfFault){ 0 };
    copy_letters(file, fault->file, sizeof fault->file);
    copy_letters(path, fault->path, sizeof fault->path);
    copy_letters(words, fault->reason, sizeof fault->reason);
    return false;
}

/* --- a list of them ----------------------------------------------------------------------------------------------- */

ShelfFiles *shelf_files_new(void)
{
    return mem_new(1, sizeof(ShelfFiles));
}

void shelf_files_free(ShelfFiles *files)
{
    if (!files)
        return;
    for (size_t i = 0; i < files->count; i++) {
        mem_free(files->items[i].name);
        blob_drop(files->items[i].body);
    }
    mem_free(files);
}

static bool version_of(Str body, char ret[SHELF_HASH_SIZE], Error *err)
{
    uint8_t hash[SHA256_SIZE];
    OWNED_BUF hex;

    buf_init(&hex, 2 * sizeof hash + 1);
    if (!sha256(body, hash, err))
        return false;
    hex_write(&hex, hash, (SHELF_HASH_SIZE - 1) / 2);
    return buf_ok(&hex, err) &&
           (str_copy(buf_str(&hex), ret, SHELF_HASH_SIZE) || error_set(err, ERR_INTERNAL, "version"));
}

bool shelf_files_add(ShelfFiles *files, ShelfKind kind, const char *name, Blob *take_body, Error *err)
{
    OWNED(Blob) body = take_body;
    ShelfFile file = { .kind = kind };

    if (!body)
        return error_set(err, ERR_MEMORY, "%.80s", name);
    if (files->count == SHELF_FILES_MOST)
        return error_set(err, ERR_RANGE, "more than %d files", SHELF_FILES_MOST);
    if (!version_of(blob_str(body), file.version, err))
        return false;
    file.name = mem_copy_text(name);
    if (!file.name)
        return error_set(err, ERR_MEMORY, "%.80s", name);
    file.body = steal(&body);
    files->items[files->count++] = file;
    return true;
}

bool shelf_files_add_put(ShelfFiles *files, ShelfKind kind, const char *name, const char *id, Blob *take_body,
                         Error *err)
{
    if (!shelf_files_add(files, kind, name, take_body, err))
        return false;
    files->items[files->count - 1].put = true;
    str_copy_cut(str_from(id), files->items[files->count - 1].id, SHELF_ID_SIZE);
    return true;
}

bool shelf_files_add_unput(ShelfFiles *files, const ShelfFiles *from, Error *err)
{
    for (size_t i = 0; i < from->count; i++) {
        const ShelfFile *file = &from->items[i];

        if (file->put)
            continue;
        if (!shelf_files_add(files, file->kind, file->name, blob_keep(file->body), err))
            return false;
        files->items[files->count - 1].own = file->own;
    }
    return true;
}

/* Those put of this kind and id; of all when id is NULL. */
static bool drop_put(ShelfFiles *files, ShelfKind kind, const char *id)
{
    size_t kept = 0, count = files->count;

    for (size_t i = 0; i < count; i++) {
        ShelfFile *file = &files->items[i];

        if (!file->put || (id && (file->kind != kind || strcmp(file->id, id) != 0))) {
            files->items[kept++] = *file;
            continue;
        }
        mem_free(file->name);
        blob_drop(file->body);
    }
    files->count = kept;
    return kept < count;
}

void shelf_files_drop_put(ShelfFiles *files)
{
    (void)drop_put(files, SHELF_SERVICE, NULL);
}

bool shelf_files_drop_one_put(ShelfFiles *files, ShelfKind kind, const char *id)
{
    return drop_put(files, kind, id);
}

/* --- reading ------------------------------------------------------------------------------------------------------ */

typedef struct Reading {
    const char *folder;
    ShelfKind kind;
    bool own;
    ShelfFiles *files;
    ShelfFaults *faults;
} Reading;

/* At most one byte more than a file may have. */
static bool read_bytes(int fd, Buf *body)
{
    char part[16384];
    ssize_t got;

    do {
        got = read(fd, part, sizeof part);
        if (got > 0)
            buf_add(body, part, (size_t)got);
    } while ((got > 0 && body->len <= SHELF_FILE_MOST) || (got < 0 && errno == EINTR));
    return got >= 0;
}

/* A file that changes while it is read, a pipe, a device: nothing of the kind may hold the registrar up. */
static bool read_plain(const char *path, Buf *body, ShelfFaults *faults)
{
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    struct stat there;
    bool whole = false;

    if (fd < 0)
        return shelf_fault(faults, path, "", "can't be opened: %s", strerror(errno));
    if (fstat(fd, &there) != 0)
        shelf_fault(faults, path, "", "can't be looked at: %s", strerror(errno));
    else if (!S_ISREG(there.st_mode))
        shelf_fault(faults, path, "", "is no file");
    else if ((uint64_t)there.st_size > SHELF_FILE_MOST)
        shelf_fault(faults, path, "", "is larger than %u KiB", SHELF_FILE_MOST >> 10);
    else if (!read_bytes(fd, body))
        shelf_fault(faults, path, "", "can't be read: %s", strerror(errno));
    else if (body->len > SHELF_FILE_MOST)
        shelf_fault(faults, path, "", "is larger than %u KiB", SHELF_FILE_MOST >> 10);
    else
        whole = true;
    close(fd);
    return whole;
}

static bool read_file(ShelfKind kind, bool own, const char *path, ShelfFiles *files, ShelfFaults *faults, Error *err)
{
    Error why = { 0 };
    OWNED_BUF body;

    buf_init(&body, 2 * SHELF_FILE_MOST);
    if (!utf8_valid(str_from(path))) {
        shelf_fault(faults, path, "", "has a name that is not UTF-8");
        return true;
    }
    if (!read_plain(path, &body, faults))
        return true;
    OWNED(Blob) blob = blob_new(buf_text(&body), body.len);
    if (shelf_files_add(files, kind, path, steal(&blob), &why)) {
        files->items[files->count - 1].own = own;
        return true;
    }
    if (why.code == ERR_RANGE) {
        shelf_fault(faults, path, "", "%s", why.text);
        return true;
    }
    return error_set(err, why.code, "%s", why.text);
}

/* Editors keep what is theirs under names that begin with a dot. */
static bool read_member(void *ctx, const char *name, Error *err)
{
    const Reading *reading = ctx;
    char path[PATH_MAX];

    if (name[0] == '.')
        return true;
    return path_join(path, sizeof path, reading->folder, name, err) &&
           read_file(reading->kind, reading->own, path, reading->files, reading->faults, err);
}

static bool read_folder(Reading reading, const char *folder, Error *err)
{
    ShelfFaults *faults = reading.faults;
    Error why = { 0 };

    reading.folder = folder;
    if (!folder || folder_each(folder, ".json", read_member, &reading, &why) ||
        (reading.own && why.code == ERR_NOT_FOUND))
        return true;
    if (why.code == ERR_MEMORY)
        return error_set(err, why.code, "%s", why.text);
    shelf_fault(faults, folder, "", "%s", why.code == ERR_NOT_FOUND ? "there is no such folder" : why.text);
    return true;
}

bool shelf_files_read(const ShelfFolders *folders, ShelfFiles *ret, ShelfFaults *faults, Error *err)
{
    Reading reading = { .kind = SHELF_SERVICE, .files = ret, .faults = faults };
    Reading templates = reading, information = reading, own = reading;

    templates.kind = SHELF_TEMPLATE;
    information.kind = own.kind = SHELF_INFORMATION;
    own.own = true;
    return read_folder(reading, folders->services, err) && read_folder(templates, folders->templates, err) &&
           read_file(SHELF_WORDS, false, folders->words, ret, faults, err) &&
           read_folder(information, folders->information, err) && read_folder(own, folders->own_information, err);
}

/* --- scanning ----------------------------------------------------------------------------------------------------- */

typedef struct Scanning {
    const char *folder;
    Buf *marks;
} Scanning;

static void mark(const char *path, Buf *marks)
{
    struct stat there;

    if (stat(path, &there) != 0)
        buf_add_format(marks, "%s %d\n", path, errno);
    else
        buf_add_format(marks, "%s %llu %llu %o %lld %lld.%09ld %lld.%09ld\n", path, (unsigned long long)there.st_dev,
                       (unsigned long long)there.st_ino, (unsigned)there.st_mode, (long long)there.st_size,
                       (long long)there.st_mtim.tv_sec, there.st_mtim.tv_nsec, (long long)there.st_ctim.tv_sec,
                       there.st_ctim.tv_nsec);
}

static bool mark_member(void *ctx, const char *name, Error *err)
{
    const Scanning *scanning = ctx;
    char path[PATH_MAX];

    if (name[0] == '.')
        return true;
    if (!path_join(path, sizeof path, scanning->folder, name, err))
        return false;
    mark(path, scanning->marks);
    return true;
}

static void mark_folder(const char *folder, Buf *marks)
{
    Scanning scanning = { folder, marks };
    Error why = { 0 };

    if (folder && !folder_each(folder, ".json", mark_member, &scanning, &why))
        buf_add_format(marks, "%s %d %d\n", folder, (int)why.code, why.cause);
}

bool shelf_files_scan(const ShelfFolders *folders, uint8_t ret[32], Error *err)
{
    OWNED_BUF marks;

    buf_init(&marks, 4u << 20);
    mark_folder(folders->services, &marks);
    mark_folder(folders->templates, &marks);
    mark(folders->words, &marks);
    mark_folder(folders->information, &marks);
    mark_folder(folders->own_information, &marks);
    return buf_ok(&marks, err) && sha256(buf_str(&marks), ret, err);
}

/* --- as the register keeps them ------------------------------------------------------------------------------------
 */

static json_t *file_json(const ShelfFile *file)
{
    Str body = blob_str(file->body);

    json_t *json =
        json_pack("{s:s, s:s, s:s%}", "kind", kind_names[file->kind], "name", file->name, "body", body.ptr, body.len);

    if (json && file->own && json_object_set_new(json, "own", json_true()) != 0) {
        json_decref(json);
        return NULL;
    }
    return json;
}

bool shelf_files_write(const ShelfFiles *files, Buf *ret, Error *err)
{
    OWNED(json_t) list = json_array();
    bool whole = list != NULL;

    for (size_t i = 0; whole && i < files->count; i++)
        if (!files->items[i].put)
            whole = json_array_append_new(list, file_json(&files->items[i])) == 0;
    return whole ? json_write(list, ret, err) : error_set(err, ERR_MEMORY, "shelf");
}

static bool parse_file(const json_t *json, ShelfFiles *ret, Error *err)
{
    const char *kind = json_string_value(json_object_get(json, "kind"));
    const char *name = json_string_value(json_object_get(json, "name"));
    const json_t *body = json_object_get(json, "body");

    if (!kind || !name || !json_is_string(body))
        return error_set(err, ERR_STORE, "a shelf in the register that is none");
    for (ShelfKind i = 0; i < SHELF_KIND_COUNT; i++) {
        if (strcmp(kind, kind_names[i]) != 0)
            continue;
        if (!shelf_files_add(ret, i, name, blob_new(json_string_value(body), json_string_length(body)), err))
            return false;
        ret->items[ret->count - 1].own = json_is_true(json_object_get(json, "own"));
        return true;
    }
    return true;
}

bool shelf_files_parse(Str json, ShelfFiles *ret, Error *err)
{
    OWNED(json_t) list = json_read(json, err);
    const json_t *file;
    size_t index;

    if (!list)
        return false;
    json_array_foreach(list, index, file)
    {
        if (!parse_file(file, ret, err))
            return false;
    }
    return true;
}
