namespace LlmCostModel.Budgets.Tests.BadInputs;

/// <summary>The bad inputs that budgets have to bear, and the tests that hold each: <c>Class.Member</c>, in any project of the tests.</summary>
/// <remarks>21 to 43 are about the catalog; 50 to 52, 55 and 56 about usage before it is settled.</remarks>
internal static class BadInputTable
{
    private const string Configured = "ConfigurationInputTests.Budget_Bad_IsRefusedAtTheStart";
    private const string Section = "ConfigurationInputTests.Section_Bad_IsRefusedAtTheStart";
    private const string Usage = "SettlementInputTests.Usage_Bad_CountsWhatWasHeld";
    private const string Tags = "CallInputTests.Tag_ThatIsNoName_IsRefused";
    private const string Texts = "CallInputTests.Tag_OfAnyText_IsTakenLiterally";
    private const string Codes = "BadInputTests.Error_OfTheServer_IsAnOutageWithAWayOut";

    internal static (int Number, string Input, string[] Tests)[] Rows { get; } =
    [
        (1, "a limit of -1", [Configured]),
        (2, "a limit of 0", ["ConfigurationInputTests.Limit_OfZero_DeniesWhatCostsAndAdmitsWhatIsFree", "BudgetStoreConformance.Reserve_LimitOfZero_DeniesWhatCostsAndAdmitsWhatIsFree"]),
        (3, "no limit", ["ConfigurationInputTests.Ledger_Beginning_SaysWhatItsBudgetsDo", "BudgetsOptionsTests.Limit_OfNothing_OnlyCounts"]),
        (4, "a limit above what the store counts", [Configured, "BadInputTests.Limit_BeyondWhatAScriptCounts_IsRefusedAtTheStart", "BadInputTests.Options_BeyondWhatTheStoreCounts_AreRefusedAtTheStart"]),
        (5, "a limit below a billionth", [Configured]),
        (6, "numbers and words as no configuration writes them", [Configured, "ConfigurationInputTests.Limit_ThatLooksOdd_IsReadTheSameInAnyCulture", "ConfigurationInputTests.Options_InCode_AreRefusedLikeThoseOfAFile"]),
        (7, "two budgets of one name", ["ConfigurationInputTests.Budget_OfANameThatIsThereAlready_IsRefused", "ConfigurationInputTests.Budget_OfANameInAnotherCase_IsTheSameOne"]),
        (8, "a window of no length, or of more than ten years", [Configured, "BudgetWindowTests.Parse_OutOfRange_Throws"]),
        (9, "a rolling window of 0 or 100,000 buckets", [Configured, "BudgetWindowTests.Parse_OutOfRange_Throws"]),
        (10, "a zone that does not exist", [Configured]),
        (11, "a life of 0, -1 s or 400 days", [Section]),
        (12, "ids known for less than twice the life of a lease", [Section, "CallInputTests.Life_LongerThanIdsAreKnown_IsRefused"]),
        (13, "nothing said of a store that is away", ["ConfigurationInputTests.Ledger_Beginning_SaysWhatItsBudgetsDo", "OutageTests.Closed_AdmitsNothing_UntilTheStoreAnswers"]),
        (14, "open without an amount or a time", [Section, "OutageTests.Options_OfOutages_ThatAreWrong_AreFaults"]),
        (15, "a server that evicts or does not persist", ["CheckTests.Check_OfAServer_NamesWhatItMayLose", "CheckTests.RequireSafeServer_RefusesWhatMayLose_UntilItIsMended"]),
        (16, "no value of a tag, or a selector that throws", [Tags, "BudgetLedgerTests.Request_WithoutATag_IsAMistake_UnlessTheBudgetIsOptional", "BudgetChatClientTests.ChangeRequest_Throws_TheCallIsNotMade"]),
        (17, "a path that cannot be a file of budgets", ["BadInputTests.Path_ThatIsAConnectionString_IsRefusedAndNotRepeated", "BadInputTests.Path_ThatIsNone_IsRefused", "BadInputTests.File_ThatCannotBeWritten_SaysSo", "BadInputTests.File_CutInHalf_SaysSo", "StoreFileTests.Path_OfAMissingFolder_SaysSo", "StoreFileTests.Path_OfAFolder_SaysSo", "StoreFileTests.Path_WhereNothingCanBeMade_SaysSo", "StoreFileTests.File_OfSomethingElse_IsLeftAlone"]),
        (18, "a store of a newer version", ["StoreFileTests.File_OfANewerVersion_IsLeftAlone", "ForeignValueTests.Version_OfANewerLibrary_IsRefusedAndLeftAlone"]),
        (19, "two processes with different limits", ["ConfigurationInputTests.Limits_OfTwoProcesses_AreTheirOwn"]),
        (20, "a password on the way of an error", ["BadInputTests.Configuration_ThatCannotBeRead_IsNotRepeated", "BadInputTests.Connection_WhoseAddressIsAUrl_IsRefused", "CheckTests.Services_WithAServerThatIsAway_StartAndSaySoWithTheFirstCommand", "FaultTests.Server_WithAnotherPassword_IsExplainedWithoutIt"]),

        (44, "a count below 0", [Usage]),
        (45, "counts that cannot be added, or cost more than can be counted", [Usage, "SettlementInputTests.Calls_OfMoreThanCanBeCounted_CountWhatWasHeld", "SettlementInputTests.Amount_MoreThanCanBeCounted_IsRefused_AndLeavesTheLeaseOpen"]),
        (47, "parts above their whole", [Usage]),
        (48, "no usage", [Usage, "SettlementInputTests.Usage_Missing_CountsWhatWasHeld"]),
        (49, "zeros beside an answer", [Usage]),
        (53, "an answer of another model", ["SettlementInputTests.Model_OtherThanAsked_IsThePriceOfTheAnswer"]),
        (54, "a stream that is cut", ["SettlementInputTests.Stream_WithoutItsUsageOrWithTwo_IsCounted", "BudgetSdkTests.Stream_GivenUp_CountsWhatWasHeld"]),
        (57, "a million times what was held", [Usage, "SettlementInputTests.Amount_MillionsOfTimesWhatWasHeld_IsRecordedInFull", "BudgetStoreConformance.Settle_MoreThanHeldAndThanTheLimit_IsRecordedInFull"]),
        (58, "usage of another time", ["SettlementInputTests.Record_OfAnotherTime_IsTakenForFiveWeeks"]),

        (59, "a hold of nothing", ["CallInputTests.Reserve_Nothing_IsGrantedWithoutAHold"]),
        (60, "a hold of -1, above the limit, of the largest number", ["CallInputTests.Reserve_Amounts_OutOfRange", "CallInputTests.Reserve_MoreThanCanBeCounted_IsRefused"]),
        (61, "one id a hundred times at once", ["CallInputTests.Reserve_OneIdManyTimesAtOnce_IsHeldOnce", "BudgetStoreConformance.Callers_OfOneId_HoldOnce"]),
        (62, "one id with another amount", ["CallInputTests.Reserve_OneIdOtherAmount_IsAConflict", "BudgetStoreConformance.Reserve_SameIdOtherCharge_IsAConflict"]),
        (63, "a second settlement", ["BudgetLedgerTests.Settle_Twice_CountsOnce", "BudgetStoreConformance.Settle_Twice_CountsOnce"]),
        (64, "a settlement below 0", ["CallInputTests.Settle_LessThanNothing_IsRefused_AndLeavesTheLeaseOpen"]),
        (65, "a settlement after the end", ["CallInputTests.Settle_AfterItsEnd_IsRecorded", "BudgetStoreConformance.Settle_IdThatNobodyReserved_IsRecordedOnce"]),
        (66, "a release after the end", ["CallInputTests.Release_AfterItsEnd_ChangesNothing", "BudgetStoreConformance.Release_Settled_ChangesNothing"]),
        (67, "a lease disposed of: unsettled, twice, meanwhile", ["BudgetLedgerTests.Dispose_WithoutSettling_CountsTheFloor", "CallInputTests.Dispose_DuringASettlement_WaitsForIt"]),
        (68, "a settlement with a cancelled token", ["BudgetLedgerTests.Settle_WithACancelledToken_IsRecorded", "CallInputTests.Settle_GivenUp_IsRecordedAllTheSame"]),
        (69, "a reservation that is given up", ["CallInputTests.Reserve_GivenUp_LeavesNothingHeld"]),
        (70, "a reservation that arrives after its release", ["CallInputTests.Reserve_GivenUp_LeavesNothingHeld", "BudgetStoreConformance.Release_UnknownId_RefusesTheReservationThatArrivesLater"]),
        (71, "names of any text, of none, of a megabyte", [Texts, Tags, "CallInputTests.Tag_AsLongAsItMayBe_IsTaken", "CallInputTests.Id_ThatIsNone_IsRefused", "BudgetStoreConformance.Names_OfAnyText_AreTakenLiterally", "BudgetStoreConformance.Names_ThatAreNotText_AreRefused", "KeyTests.Encode_AnyTwoNames_AreTwoKeysWithoutABraceOrColon"]),
        (72, "two pairs of tags that look the same together", ["BudgetLedgerTests.Budgets_PerTwoTags_CannotBeMixedUp"]),
        (73, "SQL as a name", [Texts, "BudgetStoreConformance.Names_OfAnyText_AreTakenLiterally"]),
        (74, "users without end", ["CallInputTests.Users_WithoutEnd_AreBounded", "BudgetMeterTests.Everything_IsCounted_AndNamesNobody"]),
        (75, "a ledger that has ended", ["CallInputTests.Ledger_ThatHasEnded_SaysSo_AndStillCountsWhatWasSpent", "BudgetStoreConformance.Store_Disposed_SaysSo"]),
        (76, "a thread that waits, and thousands of calls at once", ["CallInputTests.Calls_WaitedForOnAThreadThatIsAlone_DoNotLock", "CallInputTests.Calls_InThousandsAtOnce_EndAll"]),
        (77, "a clock that is set", ["CallInputTests.Clock_Set_NeverAdmitsMore", "BudgetStoreConformance.Clock_SteppedBack_CountsInTheWindowThatItIsIn"]),

        (78, "a server that is away at the start", ["BadInputTests.Server_ThatIsAwayAtTheStart_IsFoundWhenItIsThere", "CheckTests.Services_WithAServerThatIsAway_StartAndSaySoWithTheFirstCommand"]),
        (79, "a server that is killed, frozen, loading, full, or says no", [Codes, "FaultTests.Server_Frozen_IsNotWaitedForAndNothingCountsTwice", "FaultTests.Server_DeadAndBack_FailsAndRecoversAlone", "FaultTests.Server_ThatIsLoading_FailsAndThenHasEverything", "FaultTests.Server_ThatIsAReplica_IsExplained", "FaultTests.User_WithoutRights_IsExplained"]),
        (80, "a server that lost everything, or is back at an old state", ["LedgerTests.Server_ThatLostCalls_HasThemAgain", "RollbackTests.Server_Emptied_HasAnotherEpoch", "RollbackTests.Server_BackAtItsSnapshot_HasALowerSequence"]),
        (81, "scripts that are gone, a failover, slots that move", [Codes, "FaultTests.Scripts_Flushed_AreSentAgain", "LedgerTests.Failover_WithAReplicaThatLags_LosesNothing"]),
        (82, "a value of somebody else under a key", ["BadInputTests.Value_OfSomebodyElse_IsNoOutageForOthers", "ForeignValueTests.Key_WithAForeignValue_IsCorrupt", "StoreFileTests.File_ThatSomethingElseChanged_IsNamedAndNeverTakenForNothing"]),
        (83, "answers twice, late, out of order", ["SimulationTests.Budgets_WhateverGoesWrong_KeepTheirPromises"]),
        (84, "a disk that is full", [Codes, "StoreFileTests.Disk_Full_SaysSoAndLeavesNothingInPart"]),
        (85, "two versions on one store", ["StoreFileTests.File_MadeNewerWhileItIsOpen_IsNotChangedAnyMore", "ForeignValueTests.Version_OfANewerLibrary_IsRefusedAndLeftAlone", "StoreFileTests.Stores_MadeAtOnce_ShareOneFile"]),
        (86, "thousands of leases whose time is over", ["KeyTests.Holds_InThousandsOverTheirDeadline_AreGivenBackEightAtATime", "BadInputTests.Holds_InThousandsOverTheirDeadline_AreGivenBackEightAtATime", "BudgetStoreConformance.Deadline_OfMany_EveryCommandGivesEightBack"]),
    ];
}
