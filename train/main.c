/* main.c: the trainer: treebanks and vectors in, weights of the English engine out. */
#include "train/export.h"

#include <getopt.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/span.h"
#include "doc/print.h"
#include "net/tree.h"

#define THREADS 2
#define BATCH_TOKENS 300 /* of one thread */
#define ROOM 1024
#define SENTENCES 64
#define QUANTISE_FROM 0.85
#define GOLD_BANKS 2
#define SILVER_MAX 6
#define BLEND_MAX 4

struct options {
    const char *data, *vectors, *states, *out, *checkpoint, *list, *start;
    const char *silver[SILVER_MAX];
    struct {
        float share;
        const char *path;
    } blend[BLEND_MAX];
    uint32_t silver_count, blend_count, width, epochs, until;
    float silver_share;              /* sentences of silver beside each of gold */
    float silver_from, silver_until; /* shares of the run; outside, gold stands alone */
    uint64_t seed;
    float rate, dropout;
};

struct trainer {
    struct options options;
    struct vectors vectors;
    struct bank train[GOLD_BANKS + SILVER_MAX], dev[2]; /* gold first */
    uint32_t bank_count;
    struct inventory inv;
    struct model model;
    struct worker workers[THREADS];
    struct sequence batch[THREADS][SENTENCES];
    uint32_t batch_count[THREADS];
    struct sequence *gold, *silver, *order;
    uint32_t gold_count, silver_count, order_count;
    uint64_t random;
};

static uint64_t next_random(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

static enum outcome load(struct trainer *t, struct fail *fail)
{
    static const char *const files[] = {"en_ewt-train.conllu", "en_gum-train.conllu",
                                        "en_ewt-dev.conllu", "en_gum-dev.conllu"};
    const struct options *o = &t->options;
    enum outcome outcome = vectors_read(o->vectors, &t->vectors, fail);
    t->bank_count = GOLD_BANKS + o->silver_count;
    for (int i = 0; i < 4 && !outcome; i++) {
        char path[1024];
        snprintf(path, sizeof path, "%s/%s", o->data, files[i]);
        outcome = bank_read(path, o->states, i < 2 ? &t->train[i] : &t->dev[i - 2], fail);
    }
    for (uint32_t i = 0; i < o->silver_count && !outcome; i++)
        outcome = bank_read(o->silver[i], NULL, &t->train[GOLD_BANKS + i], fail);
    if (!outcome)
        outcome = inventory_make(t->train, GOLD_BANKS, &t->inv, fail);
    for (uint32_t i = 0; i < t->bank_count && !outcome; i++)
        outcome = bank_number(&t->train[i], &t->inv, &t->vectors, fail);
    for (int i = 0; i < 2 && !outcome; i++)
        outcome = bank_number(&t->dev[i], &t->inv, &t->vectors, fail);
    return outcome;
}

/* The banks as CoNLL-U, with the features and names that are learned: what a teacher
 * learns from. */
static enum outcome list_banks(struct trainer *t, struct fail *fail)
{
    static const char *const names[] = {"train-1", "train-2", "dev-1", "dev-2"};
    for (int i = 0; i < 4; i++) {
        struct bank *bank = i < 2 ? &t->train[i] : &t->dev[i - 2];
        char path[1024];
        snprintf(path, sizeof path, "%s/%s.conllu", t->options.list, names[i]);
        struct buffer text = {0};
        bank->doc.names.items = bank->names.items;
        bank->doc.names.count = bank->names.count;
        print_conllu(&bank->doc, &text);
        FILE *file = fopen(path, "wb");
        bool good = !text.failed && file &&
                    fwrite(text.bytes, 1, text.len, file) == text.len;
        good = file && fclose(file) == 0 && good;
        buffer_free(&text);
        if (!good)
            return fail_with(fail, FAIL_IO, "%s: cannot be written", path);
    }
    return OK;
}

static void take_sentences(const struct bank *bank, struct sequence *to, uint32_t *count)
{
    for (uint32_t s = 0; s < bank->doc.sentences.count; s++) {
        const struct sentence *sentence = &bank->doc.sentences.items[s];
        if (sentence->end - sentence->first <= ROOM / 2)
            to[(*count)++] = (struct sequence){bank->words + sentence->first,
                                               sentence->end - sentence->first,
                                               SPELL_AS_IS};
    }
}

static enum outcome gather_sentences(struct trainer *t, struct fail *fail)
{
    uint32_t counts[2] = {0, 0};
    for (uint32_t b = 0; b < t->bank_count; b++)
        counts[b >= GOLD_BANKS] += t->train[b].doc.sentences.count;
    uint32_t extra = (uint32_t)((float)counts[0] * t->options.silver_share) + 1;
    t->gold = calloc(counts[0] + 1, sizeof *t->gold);
    t->silver = calloc(counts[1] + 1, sizeof *t->silver);
    t->order = calloc(counts[0] + extra, sizeof *t->order);
    if (!t->gold || !t->silver || !t->order)
        return fail_memory(fail);
    for (uint32_t b = 0; b < t->bank_count; b++)
        take_sentences(&t->train[b], b < GOLD_BANKS ? t->gold : t->silver,
                       b < GOLD_BANKS ? &t->gold_count : &t->silver_count);
    return OK;
}

static enum outcome set_up(struct trainer *t, struct fail *fail)
{
    const struct shape shape = {
        .width = t->options.width,
        .layers = 5,
        .hidden = 192,
        .vector_width = t->vectors.width,
        .dilations = {1, 2, 4, 8, 1},
        .rows = t->inv.known.count + 1 + NET_HASHED_ROWS,
        .tags = t->inv.tag_count,
        .scripts = t->inv.script_count,
        .names = NAME_LABELS,
        .moves = 1 + 2 * (t->inv.label_count - 1),
    };
    enum outcome outcome = model_make(&shape, t->options.seed, &t->model, fail);
    for (int i = 0; i < THREADS && !outcome; i++) {
        outcome = worker_make(&t->model, &t->vectors, ROOM, &t->workers[i], fail);
        t->workers[i].random = t->options.seed * 7919 + (uint64_t)i;
    }
    if (!outcome)
        outcome = gather_sentences(t, fail);
    if (!outcome && t->options.start)
        outcome = import_weights(t->options.start, &t->model, &t->inv, fail);
    for (uint32_t i = 0; i < t->options.blend_count && !outcome; i++)
        outcome = blend_weights(t->options.blend[i].path, t->options.blend[i].share,
                                &t->model, &t->inv, fail);
    fprintf(stderr,
            "%u gold and %u silver sentences, %u known words, %u tags, %u scripts, "
            "%u labels, %zu weights\n",
            t->gold_count, t->silver_count, t->inv.known.count, t->inv.tag_count,
            t->inv.script_count, t->inv.label_count - 1, t->model.count);
    return outcome;
}

/* What an epoch reads: all gold; beside it silver drawn anew, in the middle of the
 * run. */
static void draw_order(struct trainer *t, uint32_t epoch)
{
    const struct options *o = &t->options;
    memcpy(t->order, t->gold, t->gold_count * sizeof *t->order);
    t->order_count = t->gold_count;
    float done = (float)epoch / (float)o->epochs;
    bool mixes = t->silver_count && done >= o->silver_from && done < o->silver_until;
    uint32_t extra = mixes ? (uint32_t)((float)t->gold_count * o->silver_share) : 0;
    for (uint32_t i = 0; i < extra; i++)
        t->order[t->order_count++] = t->silver[next_random(&t->random) % t->silver_count];
    for (uint32_t i = t->order_count; i > 1; i--) {
        uint32_t j = (uint32_t)(next_random(&t->random) % i);
        struct sequence kept = t->order[i - 1];
        t->order[i - 1] = t->order[j];
        t->order[j] = kept;
    }
}

/* Headlines: other capitals, no final stop. Dropping the stop is safe where it is a
 * leaf. */
static struct sequence vary(struct sequence s, uint64_t *random)
{
    uint64_t r = next_random(random) >> 20;
    uint32_t dice = (uint32_t)(r % 100);
    s.spelling = dice < 5    ? SPELL_UPPER
                 : dice < 11 ? SPELL_TITLE
                 : dice < 15 ? SPELL_LOWER
                             : SPELL_AS_IS;
    bool drop = (r >> 10) % 100 < 8 && s.count > 2;
    for (uint32_t i = 0; drop && i < s.count; i++)
        drop = s.words[i].head != s.count - 1;
    if (drop && s.words[s.count - 1].head != s.count)
        s.count--;
    return s;
}

/* ---- dev ---- */

struct score {
    uint32_t words, upos, tags, lemmas, heads, labels, names_right, names_gold,
        names_found;
};

static uint32_t best(const float *scores, uint32_t count)
{
    uint32_t at = 0;
    for (uint32_t i = 1; i < count; i++)
        if (scores[i] > scores[at])
            at = i;
    return at;
}

static void score_words(const struct trainer *t, struct worker *w,
                        const struct bank *bank, uint32_t first, struct score *score)
{
    const struct shape *s = &t->model.shape;
    uint32_t heads[ROOM];
    uint8_t labels[ROOM];
    worker_parse(w, 0, w->tokens, heads, labels);
    for (uint32_t i = 0; i < w->tokens; i++) {
        const struct token *token = &bank->doc.tokens.items[first + i];
        const struct word *word = &bank->words[first + i];
        uint32_t tag = best(w->tags + (size_t)i * s->tags, s->tags);
        score->words++;
        score->upos += t->inv.tags[tag].upos == token->upos;
        score->tags += tag == word->tag;
        uint32_t script = best(w->scripts + (size_t)i * s->scripts, s->scripts);
        char form[256], lemma[256];
        token_form(&bank->doc, first + i, form, sizeof form);
        net_script_apply(&t->inv.scripts[script].script, token->norm, form, lemma,
                         sizeof lemma);
        score->lemmas += token->lemma && strcmp(lemma, token->lemma) == 0;
        bool attached = heads[i] == word->head;
        const char *label = heads[i] == w->tokens ? "root" : t->inv.labels[labels[i]];
        score->heads += attached;
        score->labels += attached && strcmp(label, deprel_name(token->deprel)) == 0;
        if (bank->has_names) {
            uint32_t name = best(w->names + (size_t)i * s->names, s->names);
            score->names_gold += word->name != 0;
            score->names_found += name != 0;
            score->names_right += name != 0 && name == word->name;
        }
    }
}

static void score_bank(struct trainer *t, const struct bank *bank, const char *name)
{
    struct worker *w = &t->workers[0];
    struct score score = {0};
    w->dropout = 0;
    for (uint32_t i = 0; i < bank->doc.sentences.count; i++) {
        const struct sentence *s = &bank->doc.sentences.items[i];
        if (s->end - s->first > ROOM)
            continue;
        struct sequence sequence = {bank->words + s->first, s->end - s->first,
                                    SPELL_AS_IS};
        worker_forward(w, &sequence, 1);
        score_words(t, w, bank, s->first, &score);
    }
    double n = score.words / 100.0;
    fprintf(stderr,
            "  %s: UPOS %.2f tag %.2f lemma %.2f UAS %.2f LAS %.2f name labels F1 %.2f\n",
            name, score.upos / n, score.tags / n, score.lemmas / n, score.heads / n,
            score.labels / n,
            200.0 * score.names_right / (score.names_gold + score.names_found + 1e-9));
}

/* What is measured and written is the average of the weights. */
static enum outcome finish_epoch(struct trainer *t, uint32_t epoch, struct fail *fail)
{
    bool last = epoch + 1 == t->options.epochs;
    bool was = t->model.quantised;
    if (epoch % 3 != 2 && !last)
        return OK;
    model_swap(&t->model);
    if (last && was) { /* what rounding costs */
        t->model.quantised = false;
        model_round(&t->model);
        score_bank(t, &t->dev[0], "EWT dev, not rounded");
        score_bank(t, &t->dev[1], "GUM dev, not rounded");
        t->model.quantised = true;
    }
    model_round(&t->model);
    memset(t->workers[0].spreads, 0, sizeof t->workers[0].spreads);
    score_bank(t, &t->dev[0], "EWT dev");
    score_bank(t, &t->dev[1], "GUM dev");
    if (!was)
        model_quantise(&t->model, &t->workers[0]);
    enum outcome outcome = export_weights(t->options.out, &t->model, &t->inv, &t->vectors,
                                          fail);
    t->model.quantised = was;
    model_swap(&t->model);
    return outcome;
}

/* ---- the run ---- */

static void *learn(void *given)
{
    void **pair = given;
    struct trainer *t = pair[0];
    struct worker *w = pair[1];
    size_t at = (size_t)(w - t->workers);
    worker_learn(w, t->batch[at], t->batch_count[at]);
    return NULL;
}

static uint32_t fill_batch(struct trainer *t, uint32_t at)
{
    for (int i = 0; i < THREADS; i++) {
        uint32_t tokens = 0, count = 0;
        while (at < t->order_count && count < SENTENCES && tokens < BATCH_TOKENS) {
            struct sequence s = vary(t->order[at++], &t->random);
            t->batch[i][count++] = s;
            tokens += s.count;
        }
        t->batch_count[i] = count;
    }
    return at;
}

static void run_batch(struct trainer *t)
{
    pthread_t thread;
    void *other[2] = {t, &t->workers[1]}, *own[2] = {t, &t->workers[0]};
    bool started = pthread_create(&thread, NULL, learn, other) == 0;
    learn(own);
    if (started)
        pthread_join(thread, NULL);
    else
        learn(other);
}

static double clock_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static void start_rounding(struct trainer *t)
{
    memset(t->workers[0].spreads, 0, sizeof t->workers[0].spreads);
    score_bank(t, &t->dev[1], "GUM dev before rounding");
    model_quantise(&t->model, &t->workers[0]);
}

static void train_epoch(struct trainer *t, uint32_t epoch)
{
    const struct options *o = &t->options;
    double begun = clock_seconds();
    draw_order(t, epoch);
    for (int i = 0; i < THREADS; i++)
        memset(&t->workers[i].losses, 0, sizeof t->workers[i].losses);
    for (uint32_t at = 0; at < t->order_count;) {
        double done = (epoch + (double)at / t->order_count) / o->epochs;
        float warm = t->model.step < 300 ? (float)t->model.step / 300.0f : 1.0f;
        if (done >= QUANTISE_FROM && !t->model.quantised)
            start_rounding(t);
        for (int i = 0; i < THREADS; i++) {
            t->workers[i].dropout = o->dropout;
            t->workers[i].explore = epoch == 0 && !o->start ? 0.0f : 0.9f;
        }
        at = fill_batch(t, at);
        model_round(&t->model);
        run_batch(t);
        model_step(&t->model, t->workers, THREADS,
                   o->rate * warm * (float)(1.005 - done));
    }
    struct losses sum = {0};
    for (int i = 0; i < THREADS; i++) {
        const struct losses *l = &t->workers[i].losses;
        sum.tag += l->tag;
        sum.script += l->script;
        sum.name += l->name;
        sum.move += l->move;
        sum.tokens += l->tokens;
        sum.moves += l->moves;
    }
    fprintf(stderr, "epoch %u: tag %.4f lemma %.4f name %.4f move %.4f, %.1f s\n",
            epoch + 1, sum.tag / (double)sum.tokens, sum.script / (double)sum.tokens,
            sum.name / (double)sum.tokens, sum.move / (double)sum.moves,
            clock_seconds() - begun);
}

/* ---- checkpoints ---- */

static enum outcome checkpoint(struct trainer *t, uint32_t *epoch, bool save,
                               struct fail *fail)
{
    const char *path = t->options.checkpoint;
    if (!path)
        return OK;
    char fresh[1024];
    snprintf(fresh, sizeof fresh, "%s.new", path);
    FILE *file = fopen(save ? fresh : path, save ? "wb" : "rb");
    if (!file)
        return save ? fail_with(fail, FAIL_IO, "%s: cannot be written", path) : OK;
    struct model *m = &t->model;
    struct {
        void *at;
        size_t len;
    } pieces[] = {
        {epoch, sizeof *epoch},
        {&m->step, sizeof m->step},
        {&m->quantised, sizeof m->quantised},
        {&m->embed_step, sizeof m->embed_step},
        {&m->hidden_step, sizeof m->hidden_step},
        {m->steps, sizeof m->steps},
        {&t->random, sizeof t->random},
        {&t->workers[0].random, sizeof(uint64_t)},
        {&t->workers[1].random, sizeof(uint64_t)},
        {m->weights, m->count * sizeof(float)},
        {m->mean, m->count * sizeof(float)},
        {m->square, m->count * sizeof(float)},
        {m->average, m->count * sizeof(float)},
    };
    bool good = true;
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces && good; i++)
        good = (save ? fwrite(pieces[i].at, pieces[i].len, 1, file)
                     : fread(pieces[i].at, pieces[i].len, 1, file)) == 1;
    good = fclose(file) == 0 && good && (!save || rename(fresh, path) == 0);
    return good ? OK : fail_with(fail, FAIL_IO, "%s: not a checkpoint of this run", path);
}

static int usage(void)
{
    fputs("usage: train --data DIR --vectors FILE --out FILE [--states FILE] "
          "[--checkpoint FILE]\n"
          "             [--silver FILE]... [--silver-share X]\n"
          "             [--silver-from X] [--silver-until X]\n"
          "             [--start FILE [--blend SHARE:FILE]...]\n"
          "             [--until N] [--width N] [--epochs N] [--seed N] "
          "[--rate X] [--dropout X]\n"
          "       train --data DIR --vectors FILE [--states FILE] --list DIR\n",
          stderr);
    return 2;
}

/* "0.3:FILE" */
static bool read_blend(const char *text, struct options *o)
{
    char *end;
    float share = strtof(text, &end);
    if (*end != ':' || !(share > 0 && share < 1))
        return false;
    o->blend[o->blend_count].share = share;
    o->blend[o->blend_count++].path = end + 1;
    return true;
}

static bool read_options(int argc, char **argv, struct options *o)
{
    static const struct option known[] = {
        {"data", 1, 0, 'd'},  {"vectors", 1, 0, 'v'},      {"states", 1, 0, 's'},
        {"out", 1, 0, 'o'},   {"checkpoint", 1, 0, 'c'},   {"epochs", 1, 0, 'e'},
        {"seed", 1, 0, 'r'},  {"rate", 1, 0, 'a'},         {"dropout", 1, 0, 'p'},
        {"list", 1, 0, 'l'},  {"silver", 1, 0, 'i'},       {"silver-share", 1, 0, 'h'},
        {"width", 1, 0, 'w'}, {"silver-until", 1, 0, 'u'}, {"silver-from", 1, 0, 'f'},
        {"until", 1, 0, 'n'}, {"start", 1, 0, 'b'},        {"blend", 1, 0, 'm'},
        {0, 0, 0, 0}};
    *o = (struct options){.width = 192,
                          .epochs = 20,
                          .until = UINT32_MAX,
                          .seed = 1,
                          .rate = 0.002f,
                          .dropout = 0.2f,
                          .silver_share = 1.0f,
                          .silver_from = 0.4f,
                          .silver_until = 0.8f};
    for (int c; (c = getopt_long(argc, argv, "", known, NULL)) != -1;) {
        switch (c) {
        case 'd': o->data = optarg; break;
        case 'v': o->vectors = optarg; break;
        case 's': o->states = optarg; break;
        case 'o': o->out = optarg; break;
        case 'c': o->checkpoint = optarg; break;
        case 'e': o->epochs = (uint32_t)strtoul(optarg, NULL, 10); break;
        case 'r': o->seed = strtoull(optarg, NULL, 10); break;
        case 'a': o->rate = strtof(optarg, NULL); break;
        case 'p': o->dropout = strtof(optarg, NULL); break;
        case 'l': o->list = optarg; break;
        case 'w': o->width = (uint32_t)strtoul(optarg, NULL, 10); break;
        case 'h': o->silver_share = strtof(optarg, NULL); break;
        case 'b': o->start = optarg; break;
        case 'n': o->until = (uint32_t)strtoul(optarg, NULL, 10); break;
        case 'f': o->silver_from = strtof(optarg, NULL); break;
        case 'u': o->silver_until = strtof(optarg, NULL); break;
        case 'i':
            if (o->silver_count == SILVER_MAX)
                return false;
            o->silver[o->silver_count++] = optarg;
            break;
        case 'm':
            if (o->blend_count == BLEND_MAX || !read_blend(optarg, o))
                return false;
            break;
        default: return false;
        }
    }
    return o->data && (o->start || !o->blend_count) && o->vectors &&
           (o->out || o->list) && o->epochs;
}

int main(int argc, char **argv)
{
    static struct trainer t;
    struct fail fail = {{0}};
    if (!read_options(argc, argv, &t.options))
        return usage();
    t.random = t.options.seed * 2654435761u + 88172645463325252u;
    uint32_t epoch = 0;
    enum outcome outcome = load(&t, &fail);
    if (!outcome)
        outcome = t.options.list ? list_banks(&t, &fail) : set_up(&t, &fail);
    if (t.options.list)
        t.options.epochs = 0;
    if (!outcome && !t.options.list)
        outcome = checkpoint(&t, &epoch, false, &fail);
    if (!outcome && t.options.start && epoch == 0)
        outcome = finish_epoch(&t, t.options.epochs - 1, &fail); /* as it was */
    for (; epoch < t.options.epochs && epoch < t.options.until && !outcome; epoch++) {
        train_epoch(&t, epoch);
        outcome = finish_epoch(&t, epoch, &fail);
        uint32_t next = epoch + 1;
        if (!outcome)
            outcome = checkpoint(&t, &next, true, &fail);
    }
    if (outcome)
        fprintf(stderr, "train: %s\n", fail.message);
    return outcome ? 4 : 0;
}
