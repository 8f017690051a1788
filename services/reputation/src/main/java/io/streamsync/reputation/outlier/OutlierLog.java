package io.streamsync.reputation.outlier;

import io.streamsync.protocol.market.OperatorId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Flags as those who run the installation see them.
@Component
class OutlierLog {

    private static final Logger log = LoggerFactory.getLogger(OutlierLog.class);

    void opened(OperatorId operator) {
        log.atWarn()
                .addKeyValue("operatorId", operator.value())
                .log("an operator's answers differ too often: it neither races nor votes nor earns");
    }

    void closed(OperatorId operator) {
        log.atInfo()
                .addKeyValue("operatorId", operator.value())
                .log("an operator's answers as a shadow are clean: it races and votes again");
    }
}
