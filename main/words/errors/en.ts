// Sentences of errors, refusals and notices. {name} is filled from the details.
import type { Sentence } from '../../contract/language'
import type * as ja from './ja'

export const errors = {
  // files that the engine reads and writes
  // reading any file
  FILE_MISSING: { message: '{file} does not exist.', hint: 'Check the place, or download the model again.' },
  FILE_UNREADABLE: {
    message: '{file} cannot be read ({reason}).',
    hint: 'Check that you may read it and that its drive is connected.'
  },
  FILE_EMPTY: {
    message: '{file} is empty; its transfer did not finish.',
    hint: 'Download or copy it again.'
  },
  FILE_TRUNCATED: {
    message: '{file} is cut off ({actual} bytes instead of {expected}).',
    hint: 'Download or copy it again; the transfer did not finish.'
  },
  FILE_TOO_LARGE: {
    message: '{file} is larger than such a file can be ({size} bytes).',
    hint: 'Check that it is the file its name says, or download it again.'
  },
  BROKEN_CONFIG: {
    message: '{file} is not valid JSON (byte {offset}: {reason}).',
    hint: 'Download or copy it again; if you edited it, look at that place.'
  },
  // safetensors
  BROKEN_HEADER: {
    message: '{file} cannot be read as safetensors ({reason}).',
    hint: 'Download it again; it may be another kind of file under this name.'
  },
  BAD_OFFSETS: {
    message: 'In {file}, the place of {tensor} ({begin} to {end}) does not fit the rest.',
    hint: 'Download it again; if it stays, choose another source.'
  },
  BAD_SHAPE: {
    message: 'In {file}, {tensor} has the impossible shape {shape}.',
    hint: 'Download it again; if it stays, choose another source.'
  },
  TENSOR_SIZE_MISMATCH: {
    message: 'In {file}, {tensor} has {actual} bytes, but its shape {shape} needs {expected}.',
    hint: 'Download it again; if it stays, choose another source.'
  },
  UNKNOWN_DTYPE: {
    message: 'In {file}, {tensor} is stored in the unknown number format {dtype}.',
    hint: 'Choose a version of the model in F32, BF16 or F16.'
  },
  DUPLICATE_TENSOR: {
    message: '{tensor} is in {file} twice; which one is right cannot be told.',
    hint: 'Download it again; if it stays, choose another source.'
  },
  MISALIGNED_TENSOR: {
    message: 'In {file}, {tensor} lies where it cannot be read in place.',
    hint: 'Save the model again with a current safetensors library, or choose another version.'
  },
  NOT_FINITE_WEIGHTS: {
    message: 'In {file}, {tensor} holds NaN or infinity.',
    hint: 'Download it again; if it stays, the model itself is damaged: choose another.'
  },
  // model folders
  BROKEN_INDEX: {
    message: '{file} cannot be read as the index of a model in several files ({reason}).',
    hint: 'Download the model again, with all of its files.'
  },
  BAD_SHARD_NAME: {
    message: '{file} names {name}, which is no plain file name; it was not opened.',
    hint: 'This download is broken or harmful: choose another source.'
  },
  TENSOR_MISSING: {
    message: '{tensor} is missing in {file}.',
    hint: 'Download it again, or choose a model of a known family.'
  },
  // writing
  FOLDER_MISSING: {
    message: 'The folder for {file} does not exist.',
    hint: 'Make the folder, or choose another place.'
  },
  WRITE_FAILED: {
    message: '{file} could not be written ({reason}).',
    hint: 'Check the drive, then try again.'
  },
  // the engine
  // the machine
  OUT_OF_MEMORY: {
    message: 'There is not enough memory: {needed} are needed, {available} are free. Nothing is lost.',
    hint: 'Close other programs, or choose a smaller model, shorter examples, a smaller batch, nf4 or gradient checkpointing.'
  },
  THREADS_UNAVAILABLE: {
    message: 'The system did not start {threads} threads.',
    hint: 'Choose fewer threads, or 0 for one per processor.'
  },
  UNKNOWN_BACKEND: {
    message: 'The instruction set "{name}" is unknown, or this processor does not have it.',
    hint: 'Unset NEIRO_ISA, or set it to scalar, avx2 or avx512.'
  },
  // arguments
  BAD_OPTION: {
    message: 'Expected {expected} for {option}, got {value}.',
    hint: 'Correct this setting and try again.'
  },
  EMPTY_BATCH: { message: 'The batch is empty.', hint: 'Give it at least one example.' },
  BATCH_TOO_LARGE: {
    message: 'The batch has {tokens} tokens; memory was planned for {limit}.',
    hint: 'Lower the batch size or the longest example.'
  },
  BAD_LENGTHS: {
    message: 'The lengths of the examples do not fit the {tokens} tokens of the batch.',
    hint: 'Prepare the data again.'
  },
  BAD_TOKEN: {
    message: 'Token {token} at position {position} is outside of the vocabulary of {limit}.',
    hint: 'Prepare the data again with the tokenizer that belongs to this model.'
  },
  // models
  BAD_CONFIG: {
    message: 'config.json has {field} = {value}, expected {expected}.',
    hint: 'Download the model again, or repair config.json.'
  },
  UNSUPPORTED_MODEL: {
    message: 'The model asks for {field} = {value}, which is not supported yet.',
    hint: 'Choose another model, or another version of this one.'
  },
  UNSUPPORTED_ROPE: {
    message: 'The model stretches its positions by {rope}, which is not supported yet.',
    hint: 'Choose a model with default, linear, llama3 or longrope positions.'
  },
  TENSOR_SHAPE: {
    message: 'In {file}, {tensor} has the shape {actual}, but config.json asks for {expected}.',
    hint: 'Download the model again, so that its files belong together.'
  },
  UNSUPPORTED_DTYPE: {
    message: 'In {file}, {tensor} is stored as {dtype}, which is not supported.',
    hint: 'Choose a version of the model stored as F32, BF16 or F16.'
  },
  // adapters
  UNSUPPORTED_ADAPTER: {
    message: 'The adapter has {field} = {value}, which is not supported.',
    hint: 'Use a LoRA, DoRA or IA3 adapter on the linear layers.'
  },
  BAD_ADAPTER_CONFIG: {
    message: 'adapter_config.json has no usable {field}.',
    hint: 'Copy the adapter folder again.'
  },
  ADAPTER_MISMATCH: {
    message:
      'The adapter does not belong to this model or these settings: {tensor} is {actual}, expected {expected}.',
    hint: 'Choose the model and the settings that it was trained with.'
  },
  NO_ADAPTER: {
    message: 'This model was opened without an adapter.',
    hint: 'Open it with one, or train one first.'
  },
  NOT_TRAINABLE: {
    message: 'This model was opened for reading only.',
    hint: 'Open it with something to train.'
  },
  STATE_MISMATCH: {
    message:
      'The saved state {file} does not belong to this training: {tensor} is {actual}, expected {expected}. Nothing was changed.',
    hint: 'Resume with the settings and the model that it was saved with.'
  },
  // answers
  NO_CONTEXT: {
    message: 'This model was opened without room for answers.',
    hint: 'Open it with maxContext above 0.'
  },
  EMPTY_PROMPT: { message: 'The prompt is empty.', hint: 'Write something and try again.' },
  NOTHING_STARTED: { message: 'There is no answer to go on with.', hint: 'Send a prompt first.' },
  NOT_FINITE_LOGITS: {
    message: 'The model computed a value that is not a number.',
    hint: 'The adapter may be damaged: go back to an earlier one, or train again with a smaller learning rate.'
  },
  // sessions
  ENGINE_BUSY: {
    message: 'The model is still at work on another call.',
    hint: 'Wait until that has ended, or cancel it.'
  },
  SESSION_CLOSED: { message: 'This model has been closed.', hint: 'Open it again.' },
  // data files
  NO_DATA: {
    message: 'There is nothing to learn in what was chosen.',
    hint: 'Choose at least one file with questions and answers.'
  },
  FOLDER_BUSY: {
    message: 'Another Neiro keeps writing in {folder}.',
    hint: 'Close the other Neiro, then try again.'
  },
  DATA_NOT_FOUND: {
    message: 'There is no file or folder {file}.',
    hint: 'Check the name and the place of the file.'
  },
  DATA_NOT_READABLE: {
    message: '{file} cannot be read ({reason}).',
    hint: 'Check that the file may be read and is not open elsewhere.'
  },
  EMPTY_DATA: { message: '{file} is empty.', hint: 'Choose a file with questions and answers in it.' },
  UNKNOWN_FORMAT: { message: '{file} is of a kind that cannot be read.', hint: 'Save it as one of: {known}' },
  PASSWORD_PROTECTED: {
    message: '{file} is protected by a password.',
    hint: 'Remove it in {program}, then add the file again.'
  },
  OLD_OFFICE_FILE: {
    message: '{file} is in the older format of {program}.',
    hint: 'Open it in {program}, save it as {format}, then add that file. The old one stays as it is.'
  },
  BROKEN_OFFICE_FILE: {
    message: '{file} is damaged or incomplete.',
    hint: 'See whether {program} opens it; save it once more, then add it again.'
  },
  OFFICE_FILE_TOO_LARGE: {
    message: '{file} grows too large when it is opened.',
    hint: 'Save only the sheets and columns that are needed, or save the table as CSV.'
  },
  NO_VISIBLE_SHEET: {
    message: 'Every sheet of {file} is hidden.',
    hint: 'Show the sheet in Excel, save the file, then add it again.'
  },
  COMPRESSED_FILE: {
    message: '{file} is packed ({packed}).',
    hint: 'Unpack it first, then choose what was in it.'
  },
  BINARY_FILE: { message: '{file} holds no text.', hint: 'Choose a text file, or save the table as CSV.' },
  WRONG_ENCODING: {
    message: 'The encoding of {file} does not fit or cannot be recognised ({encoding}).',
    hint: 'Name the encoding yourself, or save the file as UTF-8. The file itself is untouched.'
  },
  UNKNOWN_ENCODING: {
    message: 'No encoding is called {encoding}.',
    hint: 'Use one of: utf-8 utf-16le utf-16be cp932 euc-jp iso-2022-jp'
  },
  BROKEN_JSON_FILE: {
    message: 'The JSON of {file} breaks off or is not valid near line {line}.',
    hint: 'Save it again with the program that made it; the end may be missing.'
  },
  JSON_TOO_LARGE: {
    message: '{file} is one JSON value of more than {megabytes} MB.',
    hint: 'Save the data as JSONL: one row a line.'
  },
  OPEN_QUOTE: {
    message: '{file}: the quotation mark opened in the row of line {line} is never closed.',
    hint: 'Close it in that row, or save the table again as CSV.'
  },
  NO_HEADER: {
    message: '{file} has no row of column names ({columns} columns).',
    hint: 'Put a first row above it that names the columns, for example: question, answer.'
  },
  NO_SUCH_ROW: {
    message: '{file} has nothing in row {row} or below it.',
    hint: 'Enter the number of the row that holds the column names.'
  },
  ALL_SHEETS_LEFT_OUT: {
    message: '{file} would be left without any sheet. Nothing was changed.',
    hint: 'Keep at least one sheet, or remove the file from the list.'
  },
  UNKNOWN_SHAPE: {
    message: '{file} has no question and answer, conversation or text. Its columns: {columns}',
    hint: 'Name the columns question and answer, or say which column is which.'
  },
  LABEL_DATA: {
    message: '{file} sorts texts by the column {column}; there are no written answers in it.',
    hint: 'Sorting texts cannot be learnt yet; to learn answers, add a column answer.'
  },
  NO_ANSWER_COLUMN: {
    message: '{file} has no column of answers. Its columns: {columns}',
    hint: 'Add a column answer, or say which column holds the answers.'
  },
  NO_SUCH_COLUMN: { message: '{file} has no column {column}.', hint: 'Its columns: {columns}' },
  MAPPING_INCOMPLETE: {
    message: '{file}: no column is given for {role}.',
    hint: 'Say which column plays the role {role}.'
  },
  NO_USABLE_ROW: {
    message: '{file} has no row that can be used (most common reason: {reason}).',
    hint: 'Correct the rows, or choose another file.'
  },
  ALREADY_ADDED: {
    message: '{file} is in the set already, with the same contents.',
    hint: 'Take this row off the list. The examples count once.'
  },
  TOO_MANY_FILES: {
    message: 'More than {most} files were chosen at once. Nothing was added.',
    hint: 'Choose only the folder that holds the examples.'
  },
  SOURCE_CHANGED: {
    message: "The project's copy of {file} is gone or was changed.",
    hint: 'Take this row off the list, then add the file again.'
  },
  DATA_LOG_BROKEN: {
    message:
      "Line {line} of the data's log (data/{file}) cannot be read. The copies of your files are untouched.",
    hint: 'Restore {file} from a backup, or add the same files to a new project.'
  },
  DATA_FILE_GONE: { message: 'This file is no longer in the set.', hint: 'Look at the list again.' },
  NOT_THE_LAST_CHANGE: {
    message: 'Something else was changed since, so nothing was taken back. The examples are as they are.',
    hint: 'Use "Undo" at the foot of the data page to take changes back one by one, the newest first.'
  },
  EXAMPLE_GONE: { message: 'This example is no longer in the set.', hint: 'Look at the list again.' },
  TOO_FEW_EXAMPLES: {
    message: 'With {count} examples, no part can be held out.',
    hint: 'Add examples with other questions, or set heldOutRatio to 0.'
  },
  // rows that are refused
  BROKEN_JSON: { message: 'This is no valid JSON.', hint: 'Check brackets, quotation marks and commas.' },
  NOT_AN_OBJECT: {
    message: 'This is no object with named values.',
    hint: 'Write it as {"question": …, "answer": …}.'
  },
  TOO_MANY_CELLS: {
    message: 'The row has more cells than there are columns.',
    hint: 'Put values that hold commas in quotation marks.'
  },
  EMPTY_QUESTION: { message: 'There is no question.', hint: 'Write the question, or remove the row.' },
  EMPTY_ANSWER: { message: 'There is no answer.', hint: 'Write the answer, or remove the row.' },
  EMPTY_TEXT: { message: 'There is no text.', hint: 'Write the text, or remove the row.' },
  NOT_TEXT: { message: 'A list or an object stands where text belongs.', hint: 'Make the value a text.' },
  NOT_TURNS: {
    message: 'The conversation is no list of turns.',
    hint: 'Make it a list of speakers and what they say.'
  },
  OTHER_SHAPE: {
    message: 'The row has none of the columns of the other rows.',
    hint: 'Keep rows of one shape in one file.'
  },
  UNKNOWN_ROLE: { message: 'The speaker {role} is not known.', hint: 'Use system, user or assistant.' },
  TOOL_CALL: {
    message: 'The conversation calls tools or functions.',
    hint: 'Use conversations in text only; tools cannot be learnt yet.'
  },
  NOT_ONLY_TEXT: { message: 'The row holds pictures, sound or video.', hint: 'Use rows in text only.' },
  PREFERENCE_ROW: {
    message: 'The row compares two answers, or rates one.',
    hint: 'Preferences cannot be learnt yet; put the better answer alone into a column answer.'
  },
  BROKEN_CHARACTERS: {
    message: 'Some characters cannot be read in {encoding}.',
    hint: 'Correct them in the file, or choose another encoding.'
  },
  CELL_ERROR: {
    message: 'The cell shows the error {cell}.',
    hint: 'Correct the formula in the sheet, or remove the row.'
  },
  SECTION_ROW: {
    message: 'This is a heading inside the table, not a question and answer.',
    hint: 'It can stay as it is.'
  },
  REPEATED_HEADER: { message: 'This row repeats the names of the columns.', hint: 'It can stay as it is.' },
  HIDDEN_SHEET: {
    message: 'The sheet is hidden, so it was not read.',
    hint: 'To use it, show it in Excel, save the file, then add it again.'
  },
  UNUSABLE_SHEET: {
    message: 'The sheet has no columns of questions and answers. Its columns: {columns}',
    hint: 'Name the columns question and answer, or say which column is which.'
  },
  OUTSIDE_PAIRS: {
    message: 'The text stands outside the questions and answers.',
    hint: 'To learn it, write it as a question and answer, or read the file as plain text.'
  },
  UNSUPPORTED_FILE: {
    message: 'Files of this kind cannot be read.',
    hint: 'Save it as xlsx, CSV, JSON or text.'
  },
  ABOUT_FILE: {
    message: 'This file describes the data or its licence.',
    hint: 'To learn from it all the same, choose the file itself.'
  },
  // tokenizer, chat template, what can be learnt of a row
  NO_TOKENIZER: {
    message: 'The model folder {dir} has no tokenizer.json.',
    hint: 'Choose a model folder that holds tokenizer.json; the page of the model has it.'
  },
  BROKEN_TOKENIZER: {
    message: 'tokenizer.json cannot be read: {reason}',
    hint: 'Download the model again, or take tokenizer.json from its original page.'
  },
  TOKENIZER_STOPPED: {
    message: 'The work on tokens has stopped ({file}).',
    hint: 'Try again; it starts anew. If it happens again, close other programs to free memory.'
  },
  BROKEN_TEMPLATE: {
    message: 'The chat template of the model cannot be read: {cause}',
    hint: 'Take chat_template.jinja or tokenizer_config.json from the original page of the model.'
  },
  TEMPLATE_REFUSED: {
    message: 'The chat template of the model refuses this conversation: {cause}',
    hint: 'Change the conversation (often: no system message, question and answer in turn), or choose another model.'
  },
  TEMPLATE_MASK: {
    message: 'The chat template changes or hides this answer, so what to learn cannot be located: {answer}',
    hint: 'Remove what the template drops from the answers (often a thinking part), or choose another model.'
  },
  ANSWER_CUT_OFF: {
    message:
      'The question alone fills the limit of {maxSeqLength} tokens; nothing of the answer is left to learn.',
    hint: 'Raise the longest example, or shorten the question.'
  },
  LOST_CHARACTERS: {
    message: 'This model cannot read these characters: {characters}',
    hint: 'Choose a model that reads them, or replace them in the row.'
  },
  NOTHING_TO_LEARN: {
    message: 'None of the {rows} rows can be learnt (most common reason: {reason}).',
    hint: 'Look at the refused rows and their reasons, then change the data, the longest example or the model.'
  },
  // runs
  // the folder
  RUN_NOT_FOUND: {
    message: 'There is no run in {run}.',
    hint: 'List the runs (neiro runs) and check the name.'
  },
  RUN_EXISTS: {
    message: '{run} is in use already.',
    hint: 'Choose another place, or continue that run (--resume).'
  },
  RUN_BUSY: {
    message: 'This run is being trained by another process already.',
    hint: 'Wait until it ends, or pause it there first.'
  },
  RUN_FINISHED: {
    message: 'This run is finished; there is nothing left to train.',
    hint: 'Use its adapter, or prepare a new run.'
  },
  RUN_BROKEN: {
    message: 'The file {name} of this run is missing or damaged. Your data files are unchanged.',
    hint: 'Prepare the run again from its recipe.'
  },
  MODEL_MOVED: {
    message: 'The model of this run is no longer at {modelDir}. What was learnt so far is kept.',
    hint: 'Move it back, or write its new place as modelDir into job.json of the run; then resume.'
  },
  DISK_FULL: {
    message: 'There is no space left on the disk of {place}. What was saved before is safe.',
    hint: 'Free some space and try again.'
  },
  READ_ONLY: {
    message: 'Nothing may be written at {place}.',
    hint: 'Choose another folder, or allow writing there.'
  },
  // the training
  NOT_FINITE: {
    message:
      'The loss was no number several times in a row, so training ended at step {step}. The last good state is kept.',
    hint: 'Start again with a lower learning rate (now {learningRate}), for example a tenth of it.'
  },
  // the process
  TRAINER_NOT_STARTED: {
    message: 'The training process could not be started ({how}). {log}',
    hint: 'Install the app again, or build it again with npm run build.'
  },
  TRAINER_DIED: {
    message:
      'The training process ended unexpectedly ({how}). Everything up to the last checkpoint is kept. {log}',
    hint: 'Resume the run: it goes on from its last checkpoint.'
  },
  TRAINER_BUSY: { message: 'A training is running.', hint: 'Wait until it ends, or pause it.' },
  NO_MODEL_OPEN: { message: 'No model is open.', hint: 'Open a model first.' },
  ADDON_MISSING: {
    message: 'The engine is not there ({file}).',
    hint: 'Install the app again, or build it with npm run build.'
  },
  ADDON_BROKEN: {
    message: 'The engine could not be loaded ({reason}).',
    hint: 'Install the app again, or build it again with npm run build.'
  },
  INTERNAL: {
    message: 'Something unexpected happened ({reason}). What was saved is safe.',
    hint: 'Try again; if it happens again, please send the log.'
  },
  // recipes, models, the command line
  // the served window
  PORT_IN_USE: {
    message: 'Port {port} is in use by another program.',
    hint: 'Leave --port out: a free one is found.'
  },
  PORT_NOT_ALLOWED: {
    message: 'Port {port} cannot be used on this machine.',
    hint: 'Leave --port out, or give one from 1024 to 65535.'
  },
  // recipes
  RECIPE_NOT_READ: {
    message: 'The recipe {file} could not be read ({reason}).',
    hint: 'Check the path and that the file may be read.'
  },
  BROKEN_RECIPE: {
    message: 'The recipe {file} cannot be read as YAML at line {line} ({reason}).',
    hint: 'Correct this line; a complete example is in neiro tune --help.'
  },
  RECIPE_INCOMPLETE: {
    message: 'The recipe {file} does not say its {name}.',
    hint: 'Add a line such as "{name}: {example}".'
  },
  RECIPE_WRONG_TYPE: {
    message: 'Expected {expected} for {name} in {file}, got {got}.',
    hint: 'Write {name} as {expected}.'
  },
  UNKNOWN_RECIPE_KEY: {
    message: '{file}, line {line}: there is no key "{name}".',
    hint: 'Did you mean {nearest}?'
  },
  UNKNOWN_SETTING: {
    message: '{file}, line {line}: there is no setting "{name}".',
    hint: 'Did you mean {nearest}?'
  },
  SETTING_MISPLACED: {
    message: '{file}, line {line}: {name} is a setting, and settings belong under "settings:".',
    hint: 'Move {name} to a line below "settings:", indented.'
  },
  NO_ADAPTER_TO_WRITE: {
    message: 'This training changed the whole model; there is no adapter to write.',
    hint: 'Write it as a whole model (merged).'
  },
  KIND_NOT_FOR_METHOD: {
    message: 'This kind of example is not what the chosen method learns from.',
    hint: 'Choose another method, or data of another kind.'
  },
  SETTING_NOT_FOR_METHOD: {
    message: '{name} means nothing to a training with method {method}.',
    hint: 'Leave {name} out, or choose another method.'
  },
  SETTING_OUT_OF_RANGE: {
    message: 'Expected {expected} for {name}, got {got}.',
    hint: 'Use one of these values, or leave it out for the default {default}.'
  },
  UNKNOWN_FLAG: {
    message: 'There is no flag {name}.',
    hint: 'Did you mean {nearest}? See --help for all of them.'
  },
  // model folders
  NO_MODEL_FOLDER: {
    message: '{dir} is not a model folder.',
    hint: 'Give the folder that holds config.json and the safetensors files, or starter for the built-in model.'
  },
  NO_CONFIG: {
    message: '{dir} holds no config.json, so it cannot be opened as a model.',
    hint: 'Give the folder that holds config.json and the safetensors files.'
  },
  BROKEN_MODEL_FILE: { message: '{file} is damaged or cut off.', hint: 'Download this file again.' },
  LFS_POINTER: {
    message: '{file} is only a Git LFS pointer; the file itself was not downloaded.',
    hint: 'Run "git lfs pull" in that folder, or download the file from its page.'
  },
  NO_WEIGHTS: {
    message: '{dir} holds no weights (model.safetensors).',
    hint: 'Download the weights into the same folder as config.json.'
  },
  SHARD_MISSING: {
    message: 'The model lacks {name}, which its index ({file}) names.',
    hint: 'Download the missing file into the same folder.'
  },
  PICKLE_REFUSED: {
    message:
      '{dir} holds its weights only as a PyTorch pickle, which can run programs when opened; it never is.',
    hint: 'Use the safetensors version of the same model.'
  },
  GGUF_NOT_YET: {
    message: '{file} is a GGUF file; this version cannot start from one yet.',
    hint: 'Use the Hugging Face folder of the same model (config.json and safetensors).'
  },
  UNKNOWN_ARCHITECTURE: {
    message: 'The model is of the kind "{architecture}", which Neiro does not know.',
    hint: 'Choose a model of one of these kinds: {known}.'
  },
  // chat and evaluation
  PROMPT_TOO_LONG: {
    message: 'The question is {tokens} tokens long; the model reads at most {limit}, its answer included.',
    hint: 'Shorten the question, or begin a new conversation.'
  },
  BROKEN_TONE: {
    message: 'The tone file {file} cannot be used ({reason}).',
    hint: 'Check that it holds a list of regular expressions for each language.'
  },
  // plans and exports
  RUN_DOES_NOT_FIT: {
    message:
      'This training needs {needed} GB of memory even at its smallest, and this machine has {memory} GB. It was not started.',
    hint: 'Hold the base in NF4 (base_quantization), cut examples shorter (max_seq_length), or choose a smaller model.'
  },
  TARGET_EXISTS: {
    message: '{target} exists already; it was not overwritten.',
    hint: 'Choose another place, or add --force to replace it.'
  },
  EXPORT_DIFFERS: {
    message:
      'What was written to {target} does not answer as the model in memory (difference {difference}, allowed {tolerance}). It was not kept.',
    hint: 'Try again, or export with --dtype f32. If it happens again, please send the log.'
  },
  // what to work on
  MODEL_NOT_SAID: {
    message: 'No model was named.',
    hint: 'Add --model DIR, --model starter, or --run NAME.'
  },
  DATA_NOT_SAID: {
    message: 'No data was named.',
    hint: 'Add --data FILE, or --data sample for the built-in data.'
  },
  ADAPTER_NOT_SAID: {
    message: 'No adapter was named.',
    hint: 'Add --run NAME, or --model DIR and --adapter DIR.'
  },
  NO_ADAPTER_FOLDER: {
    message: '{dir} holds no adapter (adapter_config.json and adapter_model.safetensors).',
    hint: 'Give the adapter folder of a finished run, or another PEFT folder.'
  },
  NO_SUCH_RUN: {
    message: 'There is no run "{name}".',
    hint: 'Did you mean {nearest}? See neiro runs for all of them.'
  },
  NO_RUNS: { message: 'There are no runs yet.', hint: 'Begin with neiro demo or neiro tune.' },
  HELD_OUT_NOT_KEPT: {
    message: 'The folder of this run does not hold the questions that were kept out of it.',
    hint: 'An earlier version made it. Name data to evaluate on with --data FILE, or train again.'
  },
  NOTHING_TO_EVALUATE: {
    message: 'There is nothing to evaluate on.',
    hint: 'Add --data FILE with questions and answers.'
  },
  // the command line itself
  UNKNOWN_COMMAND: {
    message: 'There is no command "{name}".',
    hint: 'Did you mean {nearest}? See neiro --help for all of them.'
  },
  FLAG_WITHOUT_VALUE: { message: '{name} takes no value.', hint: 'Write just {name}.' },
  FLAG_VALUE_MISSING: { message: '{name} needs a value.', hint: 'Write it after {name}.' },
  WRONG_FLAG_VALUE: { message: 'Expected {expected} for {name}, got "{got}".', hint: 'Correct the value.' },
  ARGUMENT_MISSING: { message: '{command} needs more to work on.', hint: 'Usage: {usage}' },
  ARGUMENT_TOO_MANY: { message: '"{extra}" is more than {command} takes.', hint: 'Usage: {usage}' },
  UNKNOWN_EXPORT: {
    message: 'There is no export "{name}".',
    hint: 'Did you mean {nearest}? There are peft and merged.'
  },
  FLAGS_CLASH: { message: '{a} and {b} cannot be used together.', hint: 'Write only one of them.' },
  CANCELLED: {
    message: 'Cancelled; nothing half-done was kept.',
    hint: 'Run the same command to begin again.'
  },
  // what the window asks for
  // the gate
  BAD_ARGUMENTS: {
    message:
      'The window asked for something in a way that is not understood ({call}: {place}). Nothing has changed.',
    hint: 'Restart Neiro; if it happens again, please send the log.'
  },
  UNKNOWN_CALL: {
    message: 'The window asked for something that this Neiro does not know.',
    hint: 'Restart Neiro.'
  },
  UNKNOWN_SENDER: {
    message: 'A page that is not Neiro asked for something; it was refused.',
    hint: 'Restart Neiro.'
  },
  UNEXPECTED: {
    message: 'Something unexpected happened. What was saved is safe.',
    hint: 'Try again; if it happens again, save the log under Settings and send it.'
  },
  CONNECTION_LOST: {
    message: 'The connection to Neiro was lost. Training and what was saved are safe.',
    hint: 'While Neiro runs, it is made again in a moment; if it has ended, start it again.'
  },
  CONNECTION_BACK: {
    message: 'The connection is back. What was clicked meanwhile may not have arrived.',
    hint: 'This page shows how things are now. If something is missing, do it again.'
  },
  // files
  FILE_UNKNOWN: { message: 'That file was not chosen in this window.', hint: 'Choose the file again.' },
  FILE_GONE: {
    message: '{file} is no longer there; it was moved or removed.',
    hint: 'Choose the file again.'
  },
  FOLDER_UNREADABLE: { message: 'The folder {folder} cannot be read.', hint: 'Choose another folder.' },
  BAD_FOLDER_NAME: {
    message: 'A folder cannot be called that; none was made.',
    hint: 'Choose a name without signs such as / : * ?.'
  },
  FOLDER_EXISTS: { message: 'There is a {folder} already.', hint: 'Choose another name, or that folder.' },
  UPLOAD_TOO_LARGE: {
    message: '{file} is larger than 2 GB; it was not read.',
    hint: 'Split the file and add the parts.'
  },
  BAD_FILE_NAME: {
    message: 'The file has no usable name; it was not read.',
    hint: 'Rename the file and add it again.'
  },
  DROP_NOT_READABLE: {
    message: '{file} could not be read: it was moved or changed, or may not be opened.',
    hint: 'See whether another program opens it, then add it again. A folder can also be chosen by its button.'
  },
  NOTHING_IN_FOLDER: {
    message: 'The folder {folder} holds no file of a kind that can be read as examples.',
    hint: 'Choose a folder with Excel, CSV, Word or text files in it.'
  },
  // projects
  NOT_A_PROJECT: {
    message: 'The folder {folder} is not a Neiro project.',
    hint: 'Choose the folder that holds project.json.'
  },
  PROJECT_BROKEN: {
    message: 'The file project.json of {folder} cannot be read; its data and runs are untouched.',
    hint: 'Restore project.json from a backup, or create a new project and add the same files.'
  },
  PROJECT_NEWER: {
    message: 'The project {folder} was made by a newer Neiro.',
    hint: 'Update Neiro, then open it again.'
  },
  PROJECT_TWIN: {
    message: 'The folder {folder} is a copy of another project, and nothing may be written in it.',
    hint: 'Allow writing there, or take it off the list.'
  },
  PROJECT_AWAY: {
    message: 'The folder {folder} is not there now: its drive is not connected, or it was moved.',
    hint: 'Connect the drive, or choose the place it was moved to.'
  },
  PROJECT_GONE: {
    message: 'This project is no longer there.',
    hint: 'If you moved its folder, open it from home.'
  },
  NOTHING_TO_RESTORE: {
    message: 'This was put away more than 30 days ago, or is back already.',
    hint: 'It can no longer be brought back from here.'
  },
  // models and trainings
  NO_MODEL_CHOSEN: { message: 'No model is chosen yet.', hint: 'Choose one in the model room.' },
  MODEL_GONE: {
    message: 'The model of this project is not on the list.',
    hint: 'Choose another in the model room, or add its folder again.'
  },
  MODEL_NOT_READABLE: {
    message: '{file} cannot be read ({reason}). Nothing was done to the folder.',
    hint: 'See whether its drive is connected and the file may be read, then look again.'
  },
  MODEL_BY_CHOICE: {
    message: 'In a browser a model folder cannot be taken in by dropping it: its place is not told.',
    hint: 'Use the button “Choose a model folder”.'
  },
  NO_EXAMPLES_YET: {
    message: 'There is nothing to learn from yet.',
    hint: 'Add files with questions and answers in the data room.'
  },
  RUN_GONE: {
    message: 'This run is no longer there; its folder was moved or removed.',
    hint: 'If you moved it, put it back.'
  },
  ENGINE_DIED: {
    message: 'The process that does the calculations ended unexpectedly ({how}). What was saved is safe.',
    hint: 'Try again: it is started anew.'
  },
  // results
  RUN_NOT_READY: { message: 'This run has no result yet.', hint: 'Let it finish, or end it here.' },
  NO_HELD_OUT: {
    message: 'No questions were kept out of this run, so there is nothing to compare.',
    hint: 'Talk to it instead, or train with a share kept for checking.'
  },
  EXPORT_CANCELLED: {
    message: 'Writing was cancelled; nothing half-done was kept.',
    hint: 'You can write it again at any time.'
  }
} as const satisfies Readonly<Record<keyof typeof ja.errors, Sentence>>

/** Notices of a run: lines of metrics.jsonl. */
export const notices = {
  MEMORY_RECOMPUTED: {
    message: 'Memory did not suffice, so steps in between are computed again.',
    hint: 'The result stays the same. It is a little slower.'
  },
  MEMORY_SAVED: {
    message: 'Memory ran short, so {batch} at a time are read now.',
    hint: 'Each update gathers {steps} passes, so the result is the same; it may take a little longer.'
  },
  TRAINER_DIED: {
    message: 'The training process ended unexpectedly ({how}).',
    hint: 'Everything up to the last save is kept; you can go on from there. If it happens again, try closing other programs.'
  },
  NOT_FINITE: {
    message: 'A value could not be computed in step {step}, so that update was taken back.',
    hint: 'Everything before it is safe. If it goes on, lower the learning rate.'
  },
  EARLY_STOP: {
    message: 'It stopped by itself: {waited} checks brought no improvement.',
    hint: 'The best state, from step {bestStep}, is kept.'
  },
  OVERFITTING: {
    message:
      'It may be starting to learn by heart, called over-fitting (held-out loss {loss}, at its best {best}).',
    hint: 'The best state, from step {bestStep}, is kept. If it goes on, use more examples, or repeat less often.'
  },
  DIVERGENCE: {
    message: 'The loss jumped up (now {loss}, at its lowest {lowest}).',
    hint: 'If it goes on, end the training and halve the learning rate.'
  },
  NOTHING_LEARNT: {
    message: 'Nothing seems to have been learnt yet (loss {before}, now {after}).',
    hint: 'Raise the learning rate, repeat more often, or look at the examples again.'
  },
  RESUMED: {
    message: 'Taken up again from step {step}.',
    hint: 'The same training goes on from where it was saved.'
  },
  CHECKPOINT_TORN: {
    message: 'The checkpoint {checkpoint} was damaged and is not used.',
    hint: 'It goes on from the one before; it only went back a little, and the result is the same.'
  },
  OTHER_INSTRUCTIONS: {
    message: 'It goes on with another kind of processor than before ({before}, now {now}).',
    hint: 'The training is the same, but its last digits may differ from what the first machine would have given.'
  },
  PAUSED: { message: 'Paused.', hint: 'You can resume at any time.' },
  INTERRUPTED: { message: 'The app was closed; the state was saved.', hint: 'You can resume from here.' },
  STOPPED: { message: 'Stopped.', hint: 'The best state so far is the result.' }
} as const satisfies Readonly<Record<keyof typeof ja.notices, Sentence>>
