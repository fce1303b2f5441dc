package dev.reeve.simulation;

/** What must hold in every world, and is looked at after each step. */
enum Promise {
  STRANGER("only members of the workload that was judged are signalled"),
  INTENT("every effect has an intent that is durable before it"),
  ONCE("no step is sent by two lives of the daemon"),
  MODE("nothing is done in modes off and observe"),
  PAUSE("nothing is done while paused"),
  PROTECTED("nothing is done to what is protected"),
  KIND("only trainings and batch jobs are ended"),
  BUSY("nothing is done to what was seen at work within the rule's span"),
  BLIND("nothing is done to what worked while nobody could see it"),
  AGAIN("nothing is done to what worked when it was read once more"),
  SILENCE("nothing is done without samples of the rule's whole span"),
  WINDOW("no life acts before it has seen one full span"),
  NOTICE("the owner was told the whole notice before"),
  BUDGET("no more plans begin within the budget's time than it allows"),
  COOLDOWN("a workload is left alone for the cooldown, also under a new incarnation"),
  APPROVAL("in mode approve every plan was approved, once, not too long ago"),
  DENIAL("what was denied is not done"),
  DOUBT("when many turn idle at once, none is ended"),
  LOST("what was acknowledged is there after a restart"),
  OPENS("the journal opens after every crash"),
  ALIVE("the loop judges whatever fails around it");

  private final String words;

  Promise(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }
}
