/* The files that a shelf is made of: what the folders hold, and what was put over the interface.  Nothing is judged
 * here but whether a file can be read.  Inside office/ and for `registrar catalogue`. */
#ifndef REGISTRAR_OFFICE_SHELF_FILES_H
#define REGISTRAR_OFFICE_SHELF_FILES_H

#include "base/blob.h"
#include "base/error.h"

#define SHELF_FILES_MOST    320
#define SHELF_FILE_MOST     (256u << 10) /* bytes of one */
#define SHELF_BYTES_MOST    (8u << 20)   /* of all */
#define SHELF_FAULTS_MOST   40
#define SHELF_ID_SIZE       48
#define SHELF_HASH_SIZE     17
#define SHELF_PUT_NAME_SIZE 96

typedef enum ShelfKind {
    SHELF_SERVICE,
    SHELF_TEMPLATE,
    SHELF_WORDS,
    SHELF_INFORMATION, /* a page */
    SHELF_KIND_COUNT
} ShelfKind;

typedef struct ShelfFile {
    ShelfKind kind;
    bool put;                      /* over the interface; else it is of the folder */
    bool own;                      /* of the university's own pages: stands before the program's of the same id */
    char *name;                    /* owned: its path, or where it was put: "/office/v1/services/ID" */
    char id[SHELF_ID_SIZE];        /* put: what it was put as; else "" until a shelf is made of it */
    char version[SHELF_HASH_SIZE]; /* of its bytes */
    Blob *body;                    /* counted */
} ShelfFile;

typedef struct ShelfFiles {
    size_t count;
    ShelfFile items[SHELF_FILES_MOST];
} ShelfFiles;

/* Why something is not taken, for whoever wrote it. */
typedef struct ShelfFault {
    char file[256];
    char path[104]; /* "form[2].type"; "": the file as a whole */
    char reason[160];
} ShelfFault;

typedef struct ShelfFaults {
    size_t count; /* the first SHELF_FAULTS_MOST are kept */
    ShelfFault items[SHELF_FAULTS_MOST];
} ShelfFaults;

typedef struct ShelfFolders {
    const char *services, *templates;
    const char *words;                         /* a file */
    const char *information, *own_information; /* NULL: none; the university's own need not be there */
} ShelfFolders;

/* "service" */
const char *shelf_kind_name(ShelfKind kind);
/* Letters alone are kept, cut to what fits.  Always false. */
bool shelf_fault(ShelfFaults *faults, const char *file, const char *path, const char *format, ...) PRINTF_LIKE(4, 5);

/* NULL without memory. */
ShelfFiles *shelf_files_new(void) MUST_USE;
void shelf_files_free(ShelfFiles *files);
OWNED_BY(ShelfFiles, shelf_files_free)
/* Copies; body is taken over, whatever comes of it.  ERR_RANGE: there are too many. */
bool shelf_files_add(ShelfFiles *files, ShelfKind kind, const char *name, Blob *take_body, Error *err) MUST_USE;
/* As what was put under this id. */
bool shelf_files_add_put(ShelfFiles *files, ShelfKind kind, const char *name, const char *id, Blob *take_body,
                         Error *err) MUST_USE;
/* All but those that were put, sharing their bytes. */
bool shelf_files_add_unput(ShelfFiles *files, const ShelfFiles *from, Error *err) MUST_USE;
void shelf_files_drop_put(ShelfFiles *files);
/* False: nothing of this id was put. */
bool shelf_files_drop_one_put(ShelfFiles *files, ShelfKind kind, const char *id);

/* Every ".json" of the folders whose name does not begin with a dot, and the words.  What can't be read is a fault.
 * False for want of memory alone. */
bool shelf_files_read(const ShelfFolders *folders, ShelfFiles *ret, ShelfFaults *faults, Error *err) MUST_USE;
/* What tells whether anything of it was touched: names, places, sizes and times, hashed.  A folder that is not there
 * has one of its own. */
bool shelf_files_scan(const ShelfFolders *folders, uint8_t ret[32], Error *err) MUST_USE;

/* Where a file of this kind and id is put: "/office/v1/services/ID". */
void shelf_put_name(ShelfKind kind, const char *id, char ret[SHELF_PUT_NAME_SIZE]);

/* [{"kind", "name", "body", "own"}], and back: how the register keeps them.  Kinds of a later release are passed over.
 */
bool shelf_files_write(const ShelfFiles *files, Buf *ret, Error *err) MUST_USE;
bool shelf_files_parse(Str json, ShelfFiles *ret, Error *err) MUST_USE;

#endif
