"""What customers of the demo county say when they complain (模拟投诉原话): made sentences, nobody's."""

TEXTS: dict[str, tuple[str, ...]] = {
    "complaint.quality.frequent": (
        "我们小区这个月停电好几次了，到底什么时候能稳定",
        "三天两头停电，冰箱里的东西都坏了",
        "一刮风下雨就停电，反映多次没人解决",
    ),
    "complaint.quality.voltage": (
        "晚上电压低，空调根本启动不了",
        "电灯忽明忽暗，电压不稳好几个月了",
    ),
    "complaint.service.hall_attitude": (
        "营业厅的工作人员态度恶劣，问一句顶一句",
        "去营业厅办业务，柜台人员爱理不理",
    ),
    "complaint.service.reading_attitude": (
        "抄表的人说话难听，催费像吵架",
        "收费人员态度蛮横，不解释直接走人",
    ),
    "complaint.service.agent_attitude": (
        "打电话咨询，接线人员不耐烦，没说完就挂断",
        "客服语气很冲，问题也没有解答",
    ),
    "complaint.service.hall_conduct": (
        "营业厅中午没人值班，排队一个多小时",
        "窗口让我跑了三趟，每次要的材料都不一样",
    ),
    "complaint.service.connection_conduct": ("客户经理约好上门没有来，也不打电话说明",),
    "complaint.service.payment": (
        "网上交了电费两天还不到账",
        "缴费以后还收到催费短信",
    ),
    "complaint.business.dunning": (
        "没有通知就贴催费单，邻居都看见了",
        "电费已经交了还来催",
    ),
    "complaint.business.bill": (
        "这个月电费比上个月多了两倍，要求核实",
        "账单上的电量和电表对不上",
    ),
    "complaint.business.change_steps": (
        "申请销户一个月了还没有办完",
        "过户手续反复要补材料",
    ),
    "complaint.business.reading": (
        "电表没有抄就估了一个数",
        "抄表抄错了，多收了电费",
    ),
    "complaint.business.reconnect_late": ("交完电费一天多了还没有送电",),
    "complaint.outage.notice_missing": (
        "停电没有任何通知，店里损失很大",
        "今天停电事先没有公告",
    ),
    "complaint.outage.repair_late": (
        "报修三个多小时了没有人来",
        "抢修人员到得太晚，说好的时间没有到",
    ),
    "complaint.outage.off_plan": (
        "公告说下午四点来电，到晚上八点才来",
        "比通知的时间提前停电了",
    ),
    "complaint.outage.repair_attitude": ("抢修的人态度不好，问原因不理人",),
    "complaint.grid.site": (
        "施工挖开的路面一直没有恢复",
        "电杆施工压坏了庄稼，没有人管赔偿",
    ),
    "complaint.grid.capacity": ("村里变压器太小，夏天带不动",),
    "complaint.grid.works_attitude": ("施工人员说话很凶，不让我们过路",),
    "report.discipline": (
        "反映有工作人员让我找指定的施工队办业务",
        "反映有人收了好处才给办理增容",
    ),
}
