/* export.h: the weights as the engine maps them (net/form.h), written and read again. */
#ifndef TRAIN_EXPORT_H
#define TRAIN_EXPORT_H

#include "train/model.h"

#define PRODUCTS_MAX (6 + LAYERS_MAX)

/* One product of the file: int8 weights, and scale and bias of each output. `unit` is the
 * value of one step of the input, `out` of the output. Columns c and c + shared have one
 * scale. */
struct product {
    int block;
    int weights, scales; /* sections */
    float unit, out;
    uint32_t shared;
    bool is_signed; /* inputs come as positive parts, then negative parts */
};

/* Where the weight from input i to output j stands, of a product of so many inputs
 * (net/form.h). */
size_t product_place(uint32_t inputs, uint32_t i, uint32_t j);

/* Fills products[PRODUCTS_MAX]; returns how many. */
uint32_t products_of(const struct model *model, struct product *products);

enum outcome export_weights(const char *path, const struct model *model,
                            const struct inventory *inv, const struct vectors *vectors,
                            struct fail *fail);

/* Sets the weights, their average and the steps; the model is rounded from now on.
 * FAIL_DATA for weights of another shape or of other treebanks. */
enum outcome import_weights(const char *path, struct model *model,
                            const struct inventory *inv, struct fail *fail);

/* Moves the weights by a share of the way to those of another file, in the same steps.
 * Runs that went on from the same weights may be blended so. */
enum outcome blend_weights(const char *path, float share, struct model *model,
                           const struct inventory *inv, struct fail *fail);

#endif
